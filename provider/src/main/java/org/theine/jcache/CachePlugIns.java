package org.theine.jcache;

import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.integration.Expiration;
import org.theine.jcache.integration.Loading;
import org.theine.jcache.integration.ValueForm;
import org.theine.jcache.integration.WriteThrough;

/**
 * What the user plugs into a cache, and the types that he asks for.
 *
 * @param keyType null if any will do
 * @param valueType null if any will do
 * @param form how values, and copies of keys, are kept
 * @param readThrough whether a miss loads
 * @param weigher null if entries have no weight
 * @param executor runs what is asynchronous
 * @param closeables the user's objects behind all that, but for the expiry policy, to be closed if
 *     they can be
 */
record CachePlugIns<K, V>(
    @Nullable Class<?> keyType,
    @Nullable Class<?> valueType,
    ValueForm form,
    Loading<K, V> loading,
    boolean readThrough,
    WriteThrough<K, V> writing,
    Expiration expiration,
    @Nullable Weigher<? super K, ? super V> weigher,
    Executor executor,
    List<Object> closeables) {}
