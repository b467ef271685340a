package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CompletionListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * No value is lost, doubled or stale, whoever comes at the same time. That single operations are
 * linearizable is model-checked elsewhere, with Lincheck.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DataSafetyTest {
  private static final int KEYS = 4;

  @RegisterExtension final Caches caches = new Caches();

  private final BackingStore<Integer, String> behind = new BackingStore<>();

  // ---- cache and store

  /** Runs actions in four threads that start together, each with a random of its own. */
  private static void together(long seed, Consumer<Random> action) throws InterruptedException {
    CyclicBarrier start = new CyclicBarrier(4);
    List<Task<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Random random = new Random(seed + i);
      tasks.add(
          Task.run(
              () -> {
                Task.meet(start);
                action.accept(random);
              }));
    }
    for (Task<Void> task : tasks) {
      task.result();
    }
  }

  private static Set<Integer> someKeys(Random random) {
    int first = random.nextInt(KEYS);
    return Set.of(first, (first + 1 + random.nextInt(KEYS - 1)) % KEYS);
  }

  private static Map<Integer, String> someMappings(Random random) {
    Map<Integer, String> mappings = new HashMap<>();
    someKeys(random).forEach(key -> mappings.put(key, "all " + random.nextInt()));
    return mappings;
  }

  private static void write(Cache<Integer, String> cache, Random random) {
    int key = random.nextInt(KEYS);
    String value = "one " + random.nextInt();
    switch (random.nextInt(9)) {
      case 0 -> cache.put(key, value);
      case 1 -> cache.putAll(someMappings(random));
      case 2 -> cache.remove(key);
      case 3 -> cache.removeAll(someKeys(random));
      case 4 -> cache.putIfAbsent(key, value);
      case 5 -> cache.replace(key, value);
      case 6 -> cache.getAndRemove(key);
      case 7 ->
          cache.invoke(
              key,
              (entry, arguments) -> {
                if (entry.exists()) {
                  entry.remove();
                } else {
                  entry.setValue(value);
                }
                return null;
              });
      default -> cache.removeAll();
    }
  }

  private static Map<Integer, String> contentOf(Cache<Integer, String> cache) {
    Map<Integer, String> content = new HashMap<>();
    cache.forEach(entry -> content.put(entry.getKey(), entry.getValue()));
    return content;
  }

  @Test
  void cacheAndStore_afterConcurrentWrites_agree() throws Exception {
    long seed = new Random().nextLong();
    TheineCache<Integer, String> cache =
        caches.create(
            caches
                .<Integer, String>configuration()
                .setWriteThrough(true)
                .setCacheWriterFactory(() -> behind));
    behind.onWrite = key -> Thread.yield();
    behind.onDelete = key -> Thread.yield();
    for (int round = 0; round < 200; round++) {
      together(
          seed + 4L * round,
          random -> {
            for (int i = 0; i < 10; i++) {
              write(cache, random);
            }
          });
      assertThat(contentOf(cache)).as("seed %d, round %d", seed, round).isEqualTo(behind.map);
      behind.calls.clear();
      cache.audit();
    }
  }

  @Test
  void cacheAndStore_afterWritesAndLoads_doNotContradict() throws Exception {
    long seed = new Random().nextLong();
    TheineCache<Integer, String> cache = caches.create(behind.behind(caches.configuration()));
    behind.onLoad = key -> Thread.yield(); // after the value was read: now it may become stale
    AtomicInteger ends = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    for (int round = 0; round < 200; round++) {
      together(
          seed + 4L * round,
          random -> {
            for (int i = 0; i < 10; i++) {
              switch (random.nextInt(4)) {
                case 0 -> cache.get(random.nextInt(KEYS));
                case 1 -> cache.getAll(someKeys(random));
                case 2 -> {
                  calls.incrementAndGet();
                  cache.loadAll(someKeys(random), random.nextBoolean(), new Ends(ends));
                }
                default -> write(cache, random);
              }
            }
          });
      Caches.await("all loads have ended", () -> ends.get() == calls.get());
      contentOf(cache)
          .forEach(
              (key, value) ->
                  assertThat(value)
                      .as("key %d, seed %d", key, seed)
                      .isEqualTo(behind.map.get(key)));
      behind.calls.clear();
      cache.audit();
      cache.clear();
    }
  }

  private record Ends(AtomicInteger count) implements CompletionListener {
    @Override
    public void onCompletion() {
      count.incrementAndGet();
    }

    @Override
    public void onException(Exception e) {
      count.incrementAndGet();
    }
  }

  @Test
  void remove_returnedBeforeALoadWasStored_isNotUndone() throws Exception {
    TheineCache<Integer, String> cache = caches.create(behind.behind(caches.configuration()));
    for (int round = 0; round < 300; round++) {
      behind.map.put(1, "stale");
      CyclicBarrier loaded = new CyclicBarrier(2);
      AtomicBoolean once = new AtomicBoolean();
      behind.onLoad =
          key -> {
            if (once.compareAndSet(false, true)) {
              Task.meet(loaded); // the value is read; now the remove sets out
            }
          };
      Task<String> get = Task.start(() -> cache.get(1));
      Task.meet(loaded);
      cache.remove(1);

      assertThat(cache.containsKey(1)).as("round %d", round).isFalse();
      get.join();
      assertThat(cache.containsKey(1)).as("round %d, at rest", round).isFalse();
      assertThat(behind.map).isEmpty();
    }
  }

  // ---- iteration

  private static final java.time.Duration MINUTE = java.time.Duration.ofMinutes(1);

  private TheineConfiguration<Integer, String> expiring() {
    return caches
        .<Integer, String>configuration()
        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE));
  }

  @Test
  void iterator_entryLeavesAfterHasNext_isGivenAllTheSame() {
    List<Consumer<TheineCache<Integer, String>>> leavings =
        List.of(
            cache -> cache.remove(1),
            Cache::clear,
            cache -> {
              caches.advance(MINUTE);
              cache.expireNow();
            },
            cache -> caches.advance(MINUTE),
            cache -> {
              cache.put(2, "b");
              cache.setMaximum(1);
              cache.put(3, "c");
            });
    for (Consumer<TheineCache<Integer, String>> leaving : leavings) {
      TheineCache<Integer, String> cache = caches.create(expiring().setMaximumSize(10));
      cache.put(1, "a");
      Iterator<Cache.Entry<Integer, String>> iterator = cache.iterator();
      assertThat(iterator.hasNext()).isTrue();

      leaving.accept(cache);

      Cache.Entry<Integer, String> entry = iterator.next();
      assertThat(entry.getKey()).isEqualTo(1);
      assertThat(entry.getValue()).isEqualTo("a");
    }
  }

  @Test
  void iterator_whileEntriesComeAndGo_givesNoNullAndDoesNotThrow() throws Exception {
    long seed = new Random().nextLong();
    TheineCache<Integer, String> cache = caches.create(expiring().setMaximumSize(50));
    AtomicBoolean stop = new AtomicBoolean();
    List<Task<Void>> changes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Random random = new Random(seed + i);
      changes.add(
          Task.run(
              () -> {
                while (!stop.get()) {
                  int key = random.nextInt(100);
                  switch (random.nextInt(5)) {
                    case 0 -> cache.remove(key);
                    case 1 -> caches.advance(java.time.Duration.ofSeconds(1));
                    case 2 -> cache.expireNow();
                    default -> cache.put(key, "value " + key);
                  }
                }
              }));
    }
    try {
      int seen = 0;
      for (int round = 0; round < 2000 || seen == 0; round++) {
        for (Cache.Entry<Integer, String> entry : cache) {
          assertThat(entry.getValue()).as("seed %d", seed).isEqualTo("value " + entry.getKey());
          seen++;
        }
      }
    } finally {
      stop.set(true);
    }
    for (Task<Void> task : changes) {
      task.result();
    }
  }

  @Test
  void iterator_entryThatIsThereThroughout_isSeenExactlyOnce() throws Exception {
    TheineCache<Integer, String> cache = caches.create(caches.configuration());
    for (int key = 0; key < 100; key++) {
      cache.put(key, "stays");
    }
    AtomicBoolean stop = new AtomicBoolean();
    Task<Void> changes =
        Task.run(
            () -> {
              for (int key = 100; !stop.get(); key++) { // the table grows and shrinks
                cache.put(key, "goes");
                cache.remove(key - 50 > 99 ? key - 50 : key);
              }
            });
    try {
      for (int round = 0; round < 500; round++) {
        Map<Integer, Integer> seen = new HashMap<>();
        cache.forEach(entry -> seen.merge(entry.getKey(), 1, Integer::sum));
        for (int key = 0; key < 100; key++) {
          assertThat(seen).containsEntry(key, 1);
        }
      }
    } finally {
      stop.set(true);
    }
    changes.result();
  }
}
