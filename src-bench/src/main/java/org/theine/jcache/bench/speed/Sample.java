package org.theine.jcache.bench.speed;

/**
 * What a run of a row came to.
 *
 * @param cpuNanos processor time of the process per operation
 * @param clockNanos time of the clock per operation and thread
 * @param bytes allocated per operation
 * @param missRatio of requests that may miss; NaN if they cannot or it is not counted
 */
record Sample(double cpuNanos, double clockNanos, double bytes, double missRatio) {}
