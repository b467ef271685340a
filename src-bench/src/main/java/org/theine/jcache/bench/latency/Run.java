package org.theine.jcache.bench.latency;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.theine.jcache.bench.ChildJvm;
import org.theine.jcache.bench.Measurable;
import org.theine.jcache.bench.speed.Contestant;

/**
 * One measurement. Immutable.
 *
 * @param scene what happens
 * @param contestant whose cache
 * @param keys how many keys there are
 * @param seconds how long it is measured, after as long to warm up
 */
record Run(Scene scene, Contestant contestant, int keys, int seconds) implements Measurable {
  /** The titles of {@link #columns}. */
  static final String COLUMNS = "scene,contestant,keys,seconds";

  private static final List<String> OPTIONS = List.of("-Xms4g", "-Xmx4g", "-XX:+UseG1GC");

  /** In a few words. */
  @Override
  public String title() {
    return scene.id() + ": " + contestant.title();
  }

  /** The columns of the file that say what it is. */
  @Override
  public String columns() {
    return String.format(Locale.ROOT, "%s,%s,%d,%d", scene.id(), contestant.title(), keys, seconds);
  }

  /** Measures in a virtual machine of its own; figures by name. */
  @Override
  public Map<String, Double> measure() throws IOException, InterruptedException {
    return ChildJvm.figures(
        Run.class,
        OPTIONS,
        scene.name(),
        contestant.name(),
        String.valueOf(keys),
        String.valueOf(seconds));
  }

  /**
   * Measures in this virtual machine, and tells the figures.
   *
   * @param arguments as {@link #measure()} gives them
   */
  public static void main(String[] arguments) {
    Run run =
        new Run(
            Scene.valueOf(arguments[0]),
            Contestant.valueOf(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]));
    ChildJvm.tell(run.scene().measure(run));
    System.exit(0); // whatever threads the caches have left
  }
}
