package org.theine.jcache.bench;

/**
 * A value in the demonstration's caches.
 *
 * @param key the key it was made for
 * @param serial its number; no two values of a {@link PayloadSource} have the same
 */
record Payload(long key, int serial) {}
