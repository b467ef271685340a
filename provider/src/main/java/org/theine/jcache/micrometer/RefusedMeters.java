package org.theine.jcache.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Says which meters of a cache a registry refuses. Prometheus does so when it has a meter of the
 * same name with other tag keys; the registry lists the meter all the same, but never shows it, so
 * only its listeners learn of it. They cannot be taken away again, hence one serves a registry for
 * all bindings. Listeners are told by the thread that binds. Safe for use by several threads.
 */
final class RefusedMeters {
  private static final System.Logger LOGGER = System.getLogger(RefusedMeters.class.getName());
  private static final ThreadLocal<@Nullable RefusedMeters> BINDING = new ThreadLocal<>();
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Set<MeterRegistry> HEARD = Collections.newSetFromMap(new WeakHashMap<>());

  private final Set<String> names = new TreeSet<>();
  private String reason = "";

  private RefusedMeters() {}

  /** Binds, and then warns once if meters were refused. */
  static void report(String cacheName, MeterRegistry registry, Runnable binding) {
    listenTo(registry);
    RefusedMeters refused = new RefusedMeters();
    BINDING.set(refused);
    try {
      binding.run();
    } finally {
      BINDING.remove();
    }
    if (!refused.names.isEmpty()) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "cache ''{0}'': the registry does not show the meters {1}, since all caches of a"
              + " registry need the same tag keys: {2}",
          cacheName,
          String.join(", ", refused.names),
          refused.reason);
    }
  }

  private static void listenTo(MeterRegistry registry) {
    if (registry instanceof CompositeMeterRegistry composite) {
      composite.getRegistries().forEach(RefusedMeters::listenTo);
    } else if (isNew(registry)) {
      registry.config().onMeterRegistrationFailed(RefusedMeters::refused);
    }
  }

  private static boolean isNew(MeterRegistry registry) {
    LOCK.lock();
    try {
      return HEARD.add(registry);
    } finally {
      LOCK.unlock();
    }
  }

  private static void refused(Meter.Id meter, @Nullable String reason) {
    RefusedMeters binding = BINDING.get();
    if (binding != null) {
      binding.names.add(meter.getName());
      binding.reason = String.valueOf(reason);
    }
  }
}
