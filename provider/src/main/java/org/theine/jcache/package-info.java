/**
 * What does this JCache call mean? The public API of theine-jcache, and the JCache types on top of
 * the store.
 *
 * <p>A user meets {@link org.theine.jcache.TheineCachingProvider} through {@code
 * Caching.getCachingProvider()}, {@link org.theine.jcache.TheineConfiguration} where a cache is
 * made in code, and {@link org.theine.jcache.TheineCache} by {@code unwrap}.
 *
 * <p>Inside, a cache is {@code CacheParts}, made by {@code CacheBuilder}, and a class for each way
 * through it:
 *
 * <ul>
 *   <li>get: {@code TheineCache.get}, {@code Store.access}; a miss with a loader goes on in {@code
 *       ReadThrough};
 *   <li>every change of one key: a row of {@code Operation}, run by {@code EntryUpdater};
 *   <li>invoke: {@code EntryProcessing}, with a {@code ProcessorEntry} that collects what the
 *       processor wants;
 *   <li>many keys: {@code BulkOperations}, and where a loader or writer takes many at once {@code
 *       BatchLoading} and {@code BatchWriting} over {@code KeyBatches};
 *   <li>what is seen and switched from outside: {@code CacheManagement}.
 * </ul>
 *
 * <p>The loader is called, and its calls counted, in {@code CountedLoading} only.
 *
 * <p>All changes end in {@code Commits}: expiry, store, event, bound. Features that a cache does
 * not have are null objects of its parts, not other classes.
 */
@NullMarked
package org.theine.jcache;

import org.jspecify.annotations.NullMarked;
