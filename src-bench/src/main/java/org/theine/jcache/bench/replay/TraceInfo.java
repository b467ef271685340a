package org.theine.jcache.bench.replay;

/**
 * What there is to know of a trace when its keys are gone.
 *
 * @param name of the trace
 * @param kind the class, as the manifest has it
 * @param real whether it was recorded rather than made up
 * @param weighted whether its bounds are of weight rather than of entries
 * @param requests how many
 * @param distinct how many different keys
 */
record TraceInfo(
    String name, String kind, boolean real, boolean weighted, int requests, int distinct) {}
