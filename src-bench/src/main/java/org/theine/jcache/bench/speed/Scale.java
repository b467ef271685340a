package org.theine.jcache.bench.speed;

import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a run takes.
 *
 * @param warmUps iterations before those that count
 * @param iterations that count
 * @param time of each
 */
record Scale(int warmUps, int iterations, TimeValue time) {
  /** For a look. */
  static final Scale QUICK = new Scale(3, 3, TimeValue.milliseconds(400));

  /** For figures. */
  static final Scale FULL = new Scale(5, 5, TimeValue.milliseconds(1000));
}
