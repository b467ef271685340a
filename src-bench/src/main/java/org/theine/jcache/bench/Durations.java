package org.theine.jcache.bench;

import java.time.Duration;

/** Durations in words. Stateless. */
final class Durations {

  private Durations() {}

  /** The duration in whole seconds, or in milliseconds if it is not whole. */
  static String words(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + " ms";
    }
    return (millis == 1000) ? "1 second" : millis / 1000 + " seconds";
  }
}
