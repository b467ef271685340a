package org.theine.jcache.bench.speed;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a run takes.
 *
 * @param warmUps iterations before those that count
 * @param iterations that count
 * @param time of each
 * @param mostKeys rows with more keys are left out
 */
record Scale(int warmUps, int iterations, TimeValue time, int mostKeys) {
  /** For a look; compilers are at work in the first three seconds, which is processor time too. */
  static final Scale QUICK = new Scale(8, 3, TimeValue.milliseconds(400), 1_000_000);

  /** For figures. */
  static final Scale FULL = new Scale(5, 5, TimeValue.milliseconds(1000), Integer.MAX_VALUE);

  /** The same in words. */
  String words() {
    return String.format(
        Locale.ROOT,
        "%d iterations after %d to warm up, %.1f s each",
        iterations,
        warmUps,
        time.convertTo(TimeUnit.MILLISECONDS) / 1000.0);
  }
}
