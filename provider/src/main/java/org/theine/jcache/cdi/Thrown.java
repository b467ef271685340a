package org.theine.jcache.cdi;

/** Decides what an exception of an annotated method leads to. */
final class Thrown {
  private Thrown() {}

  /**
   * Tells whether the cache is to be used although, or since, the method threw.
   *
   * @param included the classes of which one must match; empty: every exception, but no error
   * @param excluded the classes of which none may match
   * @param withoutLists the answer for an exception if both are empty
   */
  static boolean matches(
      Throwable thrown, Class<?>[] included, Class<?>[] excluded, boolean withoutLists) {
    if (included.length > 0) {
      return isAny(thrown, included) && !isAny(thrown, excluded);
    }
    if (thrown instanceof Error) {
      return false;
    }
    return excluded.length > 0 ? !isAny(thrown, excluded) : withoutLists;
  }

  private static boolean isAny(Throwable thrown, Class<?>[] types) {
    for (Class<?> type : types) {
      if (type.isInstance(thrown)) {
        return true;
      }
    }
    return false;
  }

  /** Does to a cache what an exception calls for; the exception matters more than a failure. */
  static void note(Throwable thrown, Runnable change) {
    try {
      change.run();
    } catch (RuntimeException failure) {
      if (failure != thrown) {
        thrown.addSuppressed(failure);
      }
    }
  }

  /** Throws what the method threw at an earlier call, be it checked or not. */
  @SuppressWarnings("unchecked")
  static <T extends Throwable> RuntimeException again(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
