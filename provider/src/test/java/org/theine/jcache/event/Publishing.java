package org.theine.jcache.event;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import org.jspecify.annotations.Nullable;

/** A publisher without a cache, whose executor only queues, and listeners that write down. */
final class Publishing {
  final ReentrantLock lock = new ReentrantLock();
  final List<Runnable> tasks = new ArrayList<>();
  final EventPublisher<String, String> publisher =
      new EventPublisher<>("cache-1", 1, hash -> 0, shard -> lock, executor(), executor());

  /** What listeners were told, in this order. */
  final Queue<String> heard = new ConcurrentLinkedQueue<>();

  /** The executor takes nothing. */
  boolean refuses;

  Executor executor() {
    return task -> {
      if (refuses) {
        throw new RejectedExecutionException("made up");
      }
      tasks.add(task);
    };
  }

  /** Runs what the executor has, and what comes to it meanwhile. */
  void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.remove(0).run();
    }
  }

  /** A registration that writes down what it is told, then does something else. */
  ListenerRegistration<String, String> registration(
      boolean synchronous,
      @Nullable CacheEntryEventFilter<String, String> filter,
      Consumer<String> then) {
    Map<EventKind, Consumer<Iterable<CacheEntryEvent<? extends String, ? extends String>>>>
        handlers = new HashMap<>();
    for (EventKind kind : EventKind.values()) {
      handlers.put(
          kind,
          events -> {
            for (CacheEntryEvent<? extends String, ? extends String> event : events) {
              heard.add(kind + " " + event.getKey());
              then.accept(event.getKey());
            }
          });
    }
    return new ListenerRegistration<>(
        "cache-1",
        new MutableCacheEntryListenerConfiguration<>(
            () -> notAsked(then), null, false, synchronous),
        this,
        filter,
        handlers,
        (event, oldValue) -> new View(event));
  }

  /** Its argument makes the factory like no other: equal configurations are refused. */
  private static <T> T notAsked(Object of) {
    throw new UnsupportedOperationException("the listener is there: " + of);
  }

  /** Registers a synchronous listener. */
  ListenerRegistration<String, String> listen(Consumer<String> then) {
    ListenerRegistration<String, String> registration = registration(true, null, then);
    publisher.register(registration);
    return registration;
  }

  /** Publishes by an operation that does nothing else. */
  void operate(EventKind kind, String... keys) {
    Delivery.around(
        () -> {
          publish(kind, keys);
          return null;
        });
  }

  void publish(EventKind kind, String... keys) {
    for (String key : keys) {
      publisher.publish(kind, key, key.hashCode(), "value", null);
    }
  }

  EntryEvent<String> event(String key) {
    return new EntryEvent<>(publisher, EventKind.CREATED, key, 1, "value", null, List.of());
  }

  private static final class View extends CacheEntryEvent<String, String> {
    private static final long serialVersionUID = 1;

    private final transient EntryEvent<String> event;

    View(EntryEvent<String> event) {
      super(
          (Cache<?, ?>)
              Proxy.newProxyInstance(
                  Cache.class.getClassLoader(),
                  new Class<?>[] {Cache.class},
                  (proxy, method, arguments) -> null),
          event.kind().type());
      this.event = event;
    }

    @Override
    public String getKey() {
      return event.key();
    }

    @Override
    public String getValue() {
      return "value";
    }

    @Override
    public @Nullable String getOldValue() {
      return null;
    }

    @Override
    public boolean isOldValueAvailable() {
      return false;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      return type.cast(this);
    }
  }
}
