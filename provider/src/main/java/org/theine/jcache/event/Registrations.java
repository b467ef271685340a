package org.theine.jcache.event;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of a cache, sorted by what they are told of: registered once, asked for with each
 * event. Reading is safe for any thread; who adds or removes holds a lock.
 */
final class Registrations<K, V> {
  private final List<ListenerRegistration<K, V>> all = new CopyOnWriteArrayList<>();

  /** Replaced as a whole. */
  private volatile Map<EventKind, List<ListenerRegistration<K, V>>> targets =
      new EnumMap<>(EventKind.class);

  boolean isEmpty() {
    return all.isEmpty();
  }

  void add(ListenerRegistration<K, V> registration) {
    all.add(registration);
    sort();
  }

  void remove(ListenerRegistration<K, V> registration) {
    all.remove(registration);
    sort();
  }

  private void sort() {
    Map<EventKind, List<ListenerRegistration<K, V>>> sorted = new EnumMap<>(EventKind.class);
    for (EventKind kind : EventKind.values()) {
      List<ListenerRegistration<K, V>> accepting =
          all.stream().filter(registration -> registration.accepts(kind)).toList();
      if (!accepting.isEmpty()) {
        sorted.put(kind, accepting);
      }
    }
    targets = sorted;
  }

  /** The one whose configuration equals the given one, or null. */
  @Nullable ListenerRegistration<K, V> find(CacheEntryListenerConfiguration<K, V> configuration) {
    for (ListenerRegistration<K, V> registration : all) {
      if (registration.configuration().equals(configuration)) {
        return registration;
      }
    }
    return null;
  }

  /** All of this moment. */
  List<ListenerRegistration<K, V>> all() {
    return List.copyOf(all);
  }

  /** Those that are told of a kind of event. */
  List<ListenerRegistration<K, V>> of(EventKind kind) {
    return targets.getOrDefault(kind, List.of());
  }
}
