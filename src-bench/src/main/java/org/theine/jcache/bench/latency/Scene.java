package org.theine.jcache.bench.latency;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.theine.jcache.bench.jmh.Keys;
import org.theine.jcache.bench.jmh.Mapping;
import org.theine.jcache.bench.speed.Contestant;
import org.theine.jcache.bench.speed.Setting;

/** What callers wait for. One thread is timed, call by call, without a pause. */
enum Scene {
  /** Nothing at all: what the clock and the machine alone do. */
  NOTHING("nothing at all") {
    @Override
    Map<String, Double> measure(Run run) {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(RESOLUTION, (double) Times.resolution());
      figures.putAll(timed(run, () -> {}).percentiles());
      return figures;
    }

    @Override
    boolean has(Contestant contestant) {
      return contestant == Contestant.MAP;
    }
  },

  /** Puts keys of ten times as many as fit, each as often as the others. */
  PUT_EVICTING("put of ten times as many keys as fit") {
    @Override
    Map<String, Double> measure(Run run) {
      Mapping mapping = run.contestant().open(Setting.TIGHT, run.keys());
      SplittableRandom random = new SplittableRandom(SEED);
      return timed(run, () -> put(mapping, random.nextInt(run.keys()))).percentiles();
    }
  },

  /** Gets popular keys while another thread puts over existing ones without a pause. */
  GET_BESIDE_WRITER("get while another thread puts") {
    @Override
    Map<String, Double> measure(Run run) {
      Mapping mapping = run.contestant().open(Setting.ROOMY, run.keys());
      for (int number = 0; number < run.keys(); number++) {
        put(mapping, number);
      }
      Integer[] requests = Keys.zipf(run.keys());
      SplittableRandom random = new SplittableRandom(SEED);
      try (Beside writer = new Beside(mapping, run.keys())) {
        writer.start();
        return timed(run, () -> mapping.get(requests[random.nextInt(requests.length)]))
            .percentiles();
      }
    }

    @Override
    boolean has(Contestant contestant) {
      return contestant == Contestant.MAP || super.has(contestant);
    }
  },

  /** All entries expire at one moment, while others are read and written. */
  EXPIRY("all entries expire at once") {
    @Override
    Map<String, Double> measure(Run run) {
      return new Expiry(run).measure();
    }

    @Override
    boolean has(Contestant contestant) {
      return contestant == Contestant.MAP || super.has(contestant);
    }
  };

  /** The name of the clock's smallest step. */
  static final String RESOLUTION = "resolution";

  private static final long SEED = 1;

  private final String title;

  Scene(String title) {
    this.title = title;
  }

  /** Its name on the command line. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it is, for people. */
  String title() {
    return title;
  }

  /** Whether a contestant can be measured so. */
  boolean has(Contestant contestant) {
    return contestant.isProvider() && contestant != Contestant.REFERENCE; // that never evicts
  }

  /** Measures in this virtual machine; figures by name. */
  abstract Map<String, Double> measure(Run run);

  private static Times timed(Run run, Runnable operation) {
    long nanos = TimeUnit.SECONDS.toNanos(run.seconds());
    new Times().repeat(operation, System.nanoTime() + nanos); // to warm up
    return new Times().repeat(operation, System.nanoTime() + nanos);
  }

  private static void put(Mapping mapping, int number) {
    mapping.put(Keys.key(number), number);
  }
}
