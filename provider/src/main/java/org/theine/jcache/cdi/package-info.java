/**
 * How do the annotations of {@code javax.cache.annotation} reach the beans of Jakarta CDI? By a
 * portable extension, which the container finds by itself; an application without CDI never loads a
 * class of this package.
 *
 * <p>At deployment {@link org.theine.jcache.cdi.CacheAnnotationsExtension} makes the four
 * annotations interceptor bindings, adds an interceptor for each, and has {@code MethodReader} turn
 * every annotated method of every bean into a {@code CacheMethod}; wrong use is an error of the
 * deployment that names class and method. At a call the interceptor asks {@code CachedMethods} for
 * the {@code CachedMethod}, which is that and the plug-ins to use, and runs it with a {@code
 * CacheCall}.
 *
 * <p>What the specification leaves open, or says in its Javadoc alone:
 *
 * <ul>
 *   <li>Null is never cached: a result of null is computed anew each time, and a put of null fails
 *       as {@code Cache.put} does.
 *   <li>A method has one of the four annotations at most. One on the class stands for its methods
 *       that have none. Interfaces and overridden methods contribute none.
 *   <li>{@code @CacheDefaults} is looked for on the class that declares the method and its
 *       superclasses, then on those of the bean.
 *   <li>An {@link java.lang.Error} is acted upon only if the annotation lists it, or a superclass
 *       of it, among those to be acted upon: it tells of the machine, not of the arguments.
 *   <li>When the cache fails to note what the method threw, the method's exception is thrown, and
 *       carries the cache's as a suppressed one.
 *   <li>The key of {@code @CacheResult} is made before the method runs; that of the others when it
 *       is used, so that a generator may look at what the method has put into its arguments.
 *   <li>Several threads that miss the same key each run the method: no lock is held while it runs,
 *       since it may call what leads back to the cache. A cache with a loader loads once.
 * </ul>
 *
 * <p>Threads: what is read at deployment is immutable and published by the container before the
 * first call. What is found at the first call of a method is kept in concurrent maps: threads that
 * come first together may each make it, one is kept. No lock is held around a call of user code.
 * The package is not API, but for its public class.
 */
@NullMarked
package org.theine.jcache.cdi;

import org.jspecify.annotations.NullMarked;
