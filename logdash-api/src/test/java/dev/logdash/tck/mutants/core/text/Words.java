package dev.logdash.tck.mutants.core.text;

/** Stands for another package of the core. */
public final class Words {}
