package org.theine.jcache.bench.footprint;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.theine.jcache.bench.Medians;
import org.theine.jcache.bench.jmh.Mapping;

/** How long full collections take while a cache is full: medians of a few. Stateless. */
final class CollectionTime {
  /** Processor time of the process, in milliseconds: what a busy machine does not change. */
  static final String PROCESSOR = "cpu_ms";

  /** What the collector itself says, in milliseconds. */
  static final String COLLECTOR = "collector_ms";

  private static final int COLLECTIONS = 5;
  private static final double NANOS_PER_MILLI = 1e6;

  private CollectionTime() {}

  static Map<String, Double> measure(Task task) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Filled content = new Filled(task.count());
    Mapping mapping = content.fill(task.contestant().open(task.setting(), task.count()));
    System.gc(); // moves everything to its place
    double[] processor = new double[COLLECTIONS];
    double[] collector = new double[COLLECTIONS];
    for (int i = 0; i < COLLECTIONS; i++) {
      long cpuNanos = system.getProcessCpuTime();
      long collectorMillis = collectorMillis();
      System.gc();
      processor[i] = (system.getProcessCpuTime() - cpuNanos) / NANOS_PER_MILLI;
      collector[i] = collectorMillis() - collectorMillis;
    }
    int held = content.held(mapping);
    if (held < task.count()) {
      throw new IllegalStateException(task.title() + ": only " + held + " are held");
    }
    return Map.of(PROCESSOR, Medians.median(processor), COLLECTOR, Medians.median(collector));
  }

  private static long collectorMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}
