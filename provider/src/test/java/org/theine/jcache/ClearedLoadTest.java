package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A load that a clear has met goes to who asked for it, and to nobody else. */
final class ClearedLoadTest {
  private static final String HEAVY = "heavy";

  @RegisterExtension final Caches caches = new Caches();

  private final BackingStore<Integer, String> behind = new BackingStore<>();
  private final RecordingListener<Integer, String> heard = new RecordingListener<>();

  /** Runs when the next value is weighed. */
  private Runnable onWeigh = () -> {};

  private TheineCache<Integer, String> cache() {
    TheineCache<Integer, String> cache =
        caches.create(
            behind
                .behind(caches.<Integer, String>configuration())
                .setWriteThrough(false)
                .setMaximumWeight(10, () -> this::weigh)
                .setExecutorFactory(() -> Runnable::run));
    cache.registerCacheEntryListener(Caches.synchronous(heard));
    return cache;
  }

  private int weigh(Integer key, String value) {
    Runnable action = onWeigh;
    onWeigh = () -> {};
    action.run();
    return value.equals(HEAVY) ? 100 : 1;
  }

  @Test
  void tooHeavyLoad_clearedMeanwhile_isToldToNobody() {
    TheineCache<Integer, String> cache = cache();
    behind.map.put(1, HEAVY);
    behind.onLoad =
        key -> {
          cache.clear();
          cache.put(1, "put after the clear");
        };

    assertThat(cache.get(1)).isEqualTo(HEAVY);

    assertThat(cache.get(1)).isEqualTo("put after the clear");
    assertThat(heard.take()).containsExactly("CREATED 1=put after the clear");
    Caches.assertCounted(cache, 1, 1, 1, 0);
  }

  @Test
  void replacingLoad_clearedMeanwhile_isToldToNobody() {
    TheineCache<Integer, String> cache = cache();
    cache.put(1, "old");
    heard.take();
    behind.map.putAll(Map.of(1, "loaded"));
    onWeigh =
        () -> {
          cache.clear();
          cache.put(1, "put after the clear");
        };

    cache.loadAll(Set.of(1), true, null);

    assertThat(cache.get(1)).isEqualTo("put after the clear");
    assertThat(heard.take()).containsExactly("CREATED 1=put after the clear");
  }
}
