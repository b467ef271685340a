package org.theine.jcache.integration;

import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/** Gives factories of the user a context class loader where there is none. Without a state. */
public final class ContextLoader {
  /*
   * JCache's own factories that name a class ask the context class loader for it, and nothing else. A thread
   * in OSGi or of a pool may have none, but the manager always has a loader that knows the user's classes.
   */

  private ContextLoader() {}

  /**
   * Asks a factory for its product, in this thread.
   *
   * @param factory the user's
   * @param classLoader that of the manager; for the time of the call the context class loader of a
   *     thread that has none
   * @param <T> the type of the product
   * @return what the factory returned
   */
  public static <T> @Nullable T create(Factory<? extends T> factory, ClassLoader classLoader) {
    Thread thread = Thread.currentThread();
    if (thread.getContextClassLoader() != null) {
      return factory.create();
    }
    thread.setContextClassLoader(classLoader);
    try {
      return factory.create();
    } finally {
      thread.setContextClassLoader(null);
    }
  }
}
