package dev.logdash.tck.mutantdriver;

/** Stands for a class of a driver. */
public final class Client {}
