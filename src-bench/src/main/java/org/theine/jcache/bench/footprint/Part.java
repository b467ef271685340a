package org.theine.jcache.bench.footprint;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.theine.jcache.bench.speed.Contestant;
import org.theine.jcache.bench.speed.Setting;

/** What is measured. */
enum Part {
  /** Bytes per entry. */
  ENTRIES(Setting.ROOMY, Setting.UNBOUNDED, Setting.TOUCHED, Setting.WEIGHTED) {
    @Override
    Map<String, Double> measure(Task task) {
      return EntryUse.measure(task);
    }

    @Override
    List<String> options(int count) {
      return heap(600, count, SERIAL);
    }

    @Override
    boolean has(Contestant contestant, Setting setting) {
      return super.has(contestant, setting)
          || (contestant == Contestant.MAP && setting == Setting.UNBOUNDED);
    }
  },

  /** How long a full collection takes. */
  COLLECTION(Setting.ROOMY) {
    @Override
    Map<String, Double> measure(Task task) {
      return CollectionTime.measure(task);
    }

    @Override
    List<String> options(int count) {
      return heap(1200, count, "-XX:+UseG1GC");
    }

    @Override
    boolean has(Contestant contestant, Setting setting) {
      return super.has(contestant, setting) || contestant == Contestant.MAP;
    }
  },

  /** Which of our objects takes how much. */
  BREAKDOWN(Setting.ROOMY, Setting.UNBOUNDED, Setting.TOUCHED, Setting.WEIGHTED) {
    @Override
    Map<String, Double> measure(Task task) {
      return Breakdown.measure(task);
    }

    @Override
    List<String> options(int count) {
      return heap(1200, count, SERIAL);
    }

    @Override
    boolean has(Contestant contestant, Setting setting) {
      return contestant == Contestant.THEINE;
    }
  },

  /** What a cache costs that nobody uses. */
  CACHES(Setting.ROOMY, Setting.TOUCHED) {
    @Override
    Map<String, Double> measure(Task task) {
      return CacheUse.measure(task);
    }

    @Override
    List<String> options(int count) {
      return heap(200_000, count, SERIAL);
    }

    @Override
    boolean has(Contestant contestant, Setting setting) {
      return contestant.isProvider();
    }
  };

  /** Counts to the byte, if it never leaves a little garbage where it is. */
  private static final String[] SERIAL = {"-XX:+UseSerialGC", "-XX:MarkSweepAlwaysCompactCount=1"};

  private static final Set<Contestant> WEIGHING =
      EnumSet.of(Contestant.THEINE, Contestant.CAFFEINE, Contestant.CAFFEINE_JCACHE);

  private static final int MEGABYTE = 1 << 20;

  private final List<Setting> settings;

  Part(Setting... settings) {
    this.settings = List.of(settings);
  }

  /** Its name for people, the command line and the table. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The settings in which it is measured. */
  List<Setting> settings() {
    return settings;
  }

  /** Measures in this virtual machine; figures by name. */
  abstract Map<String, Double> measure(Task task);

  /** Options of the virtual machine that measures with so many entries or caches. */
  abstract List<String> options(int count);

  /** Whether a contestant can be measured so. */
  boolean has(Contestant contestant, Setting setting) {
    return switch (setting) {
      case WEIGHTED -> WEIGHING.contains(contestant);
      case UNBOUNDED -> contestant != Contestant.MAP;
      case TOUCHED -> contestant != Contestant.MAP && contestant != Contestant.CACHE2K;
      default -> contestant != Contestant.MAP && contestant != Contestant.REFERENCE;
    };
  }

  /** A heap of a fixed size, 1 GB or more. */
  private static List<String> heap(int bytesEach, int count, String... collector) {
    long megabytes = Math.max(1024, (long) count * bytesEach / MEGABYTE);
    List<String> options = new ArrayList<>(List.of(collector));
    options.add("-Xms" + megabytes + "m");
    options.add("-Xmx" + megabytes + "m");
    return options;
  }
}
