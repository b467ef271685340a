package org.theine.jcache.bench.latency;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.theine.jcache.bench.jmh.Keys;
import org.theine.jcache.bench.jmh.Mapping;
import org.theine.jcache.bench.speed.Contestant;
import org.theine.jcache.bench.speed.Setting;
import org.theine.jcache.bench.speed.Until;

/**
 * Many entries expire at one moment, in real time, while one thread reads them and one writes
 * others. Both rest after each call, so that they leave the processors to whoever cleans up; a call
 * that waits is told from one that does not all the same. For one measurement.
 */
final class Expiry {
  /** The longest call in the second before the moment, and after it, in nanoseconds. */
  static final String READ_BEFORE = "read before";

  static final String READ_AFTER = "read after";
  static final String WRITE_BEFORE = "write before";
  static final String WRITE_AFTER = "write after";

  /** Nanoseconds from the moment until all entries are gone; absent if they are not, or unknown. */
  static final String GONE = "gone";

  /** Percent of the values that are still held at the end. */
  static final String HELD = "held";

  /** Milliseconds of collections from the second before the moment on. */
  static final String COLLECTIONS = "collections";

  /** What the writer writes to. */
  private static final int OTHERS = 1000;

  private static final long BEFORE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LEAD_MILLIS = 3_000;
  private static final double FILL_MILLIS_EACH = 0.008; // several times what the slowest needs
  private static final long PAUSE_NANOS = 20_000;
  private static final long WATCH_NANOS = 1_000_000;
  private static final int SAMPLES = 1000;

  private final Run run;
  private final Mapping mapping;
  private final List<WeakReference<Object>> samples = new ArrayList<>();
  private final long momentNanos;

  Expiry(Run run) {
    this.run = run;
    mapping = run.contestant().open(Setting.TOGETHER, run.keys() + OTHERS);
    long lead = LEAD_MILLIS + (long) (run.keys() * FILL_MILLIS_EACH);
    momentNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(lead);
    Until.moment(System.currentTimeMillis() + lead);
  }

  /** Fills the cache and sees what happens. */
  Map<String, Double> measure() {
    fill();
    long startNanos = momentNanos - BEFORE_NANOS;
    if (System.nanoTime() - startNanos > 0) {
      throw new IllegalStateException(run.title() + ": could not be filled in time");
    }
    long endNanos = momentNanos + TimeUnit.SECONDS.toNanos(run.seconds());
    Calls reader = new Calls(new SplittableRandom(1), this::read, startNanos, endNanos);
    Calls writer = new Calls(new SplittableRandom(2), this::write, startNanos, endNanos);
    reader.start();
    writer.start();
    rest(startNanos);
    long collections = collectionMillis();
    double goneNanos = watch(endNanos);
    join(reader);
    join(writer);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(READ_BEFORE, (double) reader.before.longest());
    figures.put(READ_AFTER, (double) reader.after.longest());
    figures.put(WRITE_BEFORE, (double) writer.before.longest());
    figures.put(WRITE_AFTER, (double) writer.after.longest());
    figures.put(COLLECTIONS, (double) (collectionMillis() - collections));
    if (!Double.isNaN(goneNanos)) {
      figures.put(GONE, goneNanos);
    }
    figures.put(HELD, heldPercent());
    return figures;
  }

  private void fill() {
    int every = Math.max(1, run.keys() / SAMPLES);
    for (int number = 0; number < run.keys(); number++) {
      Object value = Keys.key(number);
      if (number % every == 0) {
        samples.add(new WeakReference<>(value));
      }
      mapping.put(Keys.key(number), value);
    }
  }

  private void read(SplittableRandom random) {
    mapping.get(Keys.key(random.nextInt(run.keys())));
  }

  private void write(SplittableRandom random) {
    int number = run.keys() + random.nextInt(OTHERS);
    mapping.put(Keys.key(number), number);
  }

  /** When only the writer's entries were left, in nanoseconds after the moment; NaN: never. */
  private double watch(long endNanos) {
    Sizes size = Sizes.of(run.contestant(), mapping);
    rest(momentNanos);
    for (long now = System.nanoTime(); now - endNanos < 0; now = System.nanoTime()) {
      if (size.now() <= OTHERS) {
        return Math.max(0, now - momentNanos);
      }
      rest(now + WATCH_NANOS);
    }
    return Double.NaN;
  }

  /** Which of the values are still reachable, though nobody can get them any more. */
  private double heldPercent() {
    System.gc();
    long held = samples.stream().filter(sample -> sample.get() != null).count();
    if (run.contestant() != Contestant.MAP && mapping.get(Keys.key(0)) != null) {
      throw new IllegalStateException(run.title() + ": not expired");
    }
    return 100.0 * held / samples.size();
  }

  private static long collectionMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  private static void rest(long untilNanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(Math.max(0, untilNanos - System.nanoTime()));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A thread that calls and times its calls: those before the moment, and those after. */
  private final class Calls extends Thread {
    private final Runnable call;
    private final long startNanos;
    private final long endNanos;

    /** Read by others once the thread has ended. */
    private Times before = new Times();

    private Times after = new Times();

    Calls(
        SplittableRandom random, Consumer<SplittableRandom> call, long startNanos, long endNanos) {
      this.call = () -> call.accept(random);
      this.startNanos = startNanos;
      this.endNanos = endNanos;
    }

    @Override
    public void run() {
      new Times().repeat(call, startNanos, PAUSE_NANOS); // to warm up
      before = new Times().repeat(call, momentNanos, PAUSE_NANOS);
      after = new Times().repeat(call, endNanos, PAUSE_NANOS);
    }
  }
}
