package org.theine.jcache;

/** Throws what the compiler would not let plug-ins throw. Stateless. */
final class Throwing {
  private Throwing() {}

  /** Throws anything, unseen by the compiler. */
  static void unseen(Throwable failure) {
    Throwing.<RuntimeException>thrown(failure);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void thrown(Throwable failure) throws E {
    throw (E) failure;
  }
}
