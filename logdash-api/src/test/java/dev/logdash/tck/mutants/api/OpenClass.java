package dev.logdash.tck.mutants.api;

public class OpenClass {}
