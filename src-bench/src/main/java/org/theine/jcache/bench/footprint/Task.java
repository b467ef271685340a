package org.theine.jcache.bench.footprint;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.theine.jcache.bench.ChildJvm;
import org.theine.jcache.bench.Measurable;
import org.theine.jcache.bench.speed.Contestant;
import org.theine.jcache.bench.speed.Setting;

/**
 * One measurement. Immutable.
 *
 * @param part what is measured
 * @param setting how the cache is configured
 * @param count of entries, or of caches
 * @param contestant whose cache
 */
record Task(Part part, Setting setting, int count, Contestant contestant) implements Measurable {

  /** The titles of {@link #columns}. */
  static final String COLUMNS = "part,setting,count,contestant";

  /** In a few words. */
  @Override
  public String title() {
    return String.format(
        Locale.ROOT,
        "%s, %s, %,d: %s",
        part.title(),
        setting.name().toLowerCase(Locale.ROOT),
        count,
        contestant.title());
  }

  /** The columns of the file that say what it is. */
  @Override
  public String columns() {
    return String.format(
        Locale.ROOT,
        "%s,%s,%d,%s",
        part.title(),
        setting.name().toLowerCase(Locale.ROOT),
        count,
        contestant.title());
  }

  /** Measures in a virtual machine of its own; figures by name. */
  @Override
  public Map<String, Double> measure() throws IOException, InterruptedException {
    return ChildJvm.figures(
        Task.class,
        part.options(count),
        part.name(),
        setting.name(),
        String.valueOf(count),
        contestant.name());
  }

  /**
   * Measures in this virtual machine, and prints the figures.
   *
   * @param arguments as {@link #measure()} gives them
   */
  public static void main(String[] arguments) {
    Task task =
        new Task(
            Part.valueOf(arguments[0]),
            Setting.valueOf(arguments[1]),
            Integer.parseInt(arguments[2]),
            Contestant.valueOf(arguments[3]));
    ChildJvm.tell(task.part().measure(task));
    System.exit(0); // whatever threads the caches have left
  }
}
