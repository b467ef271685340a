package org.theine.jcache.bench.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How another way to run our provider differs, in points: several threads from one, and from one
 * that replays the same parts; several shards from one shard if that was measured.
 *
 * @param what is compared, for people
 * @param cells how many have both
 * @param mean the mean difference; negative if the other way hits less
 * @param greatest the greatest difference either way, and where; null without cells
 */
record Deviation(String what, int cells, double mean, Summary.@Nullable Difference greatest) {
  /** Shards of fewer entries differ by chance alone. */
  private static final long FAIR_ENTRIES = 1024;

  /** The deviations of all other ways, over the cells with a bound of entries. */
  static List<Deviation> all(Results results, List<Contender> contenders) {
    List<Deviation> deviations = new ArrayList<>();
    for (Contender contender : contenders) {
      Integer shards = contender.shards();
      String name = contender.name();
      for (String base : bases(results, contender)) {
        String what = name + " against " + base;
        deviations.add(of(results, what, name, base, 0));
        if (shards != null && shards > 1) {
          long least = FAIR_ENTRIES * shards;
          String from = String.format(Locale.ROOT, ", from %,d entries on", least);
          deviations.add(of(results, what + from, name, base, least));
        }
      }
    }
    return deviations;
  }

  /** What a way to run our provider is compared with. */
  private static List<String> bases(Results results, Contender contender) {
    String name = contender.name();
    if (!Results.ours(name)) {
      return List.of();
    }
    List<String> bases = new ArrayList<>();
    bases.add(base(results, contender.shards() != null));
    if (contender.threads() > 1) { // the same order but for what the threads change
      bases.add(new Contender(Provider.THEINE, contender.parts(), 1, null, 1).name());
    }
    bases.removeIf(base -> base.equals(name) || !results.measured().contains(base));
    return bases;
  }

  private static String base(Results results, boolean sharded) {
    String oneShard = Contender.plain(Provider.THEINE, 1, 1).name();
    return sharded && results.measured().contains(oneShard) ? oneShard : Provider.THEINE.title();
  }

  private static Deviation of(
      Results results, String what, String other, String base, long leastSize) {
    Summary.Difference greatest = null;
    double sum = 0;
    int cells = 0;
    for (Cell cell : results.cells(false)) {
      if (cell.size() >= leastSize
          && results.get(cell, other) != null
          && results.get(cell, base) != null) {
        double points = 100 * (ratio(results, cell, other) - ratio(results, cell, base));
        sum += points;
        cells++;
        if (greatest == null || Math.abs(points) > Math.abs(greatest.points())) {
          greatest = new Summary.Difference(points, cell);
        }
      }
    }
    return new Deviation(what, cells, sum / Math.max(1, cells), greatest);
  }

  private static double ratio(Results results, Cell cell, String policy) {
    return Objects.requireNonNull(results.get(cell, policy)).hitRatio();
  }
}
