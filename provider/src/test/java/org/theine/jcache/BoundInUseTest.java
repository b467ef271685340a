package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bound holds also when entries are in use that should leave. */
final class BoundInUseTest {
  private static final Map<Integer, String> FIVE = Map.of(1, "a", 2, "b", 3, "c", 4, "d", 5, "e");

  @RegisterExtension final Caches caches = new Caches();

  private TheineCache<Integer, String> cache(int shards) {
    TheineCache<Integer, String> cache =
        caches.create(
            caches.<Integer, String>configuration().setMaximumSize(100).setShards(shards));
    cache.putAll(FIVE);
    return cache;
  }

  /** Runs an action while the keys from 1 to this one are in use. */
  private static void using(TheineCache<Integer, String> cache, int key, Runnable action) {
    if (key == 0) {
      action.run();
    } else {
      cache.<Void>invoke(
          key,
          (entry, arguments) -> {
            using(cache, key - 1, action);
            return null;
          });
    }
  }

  @Test
  void setMaximum_allEntriesInUse_holdsWhenTheyAreNot() {
    TheineCache<Integer, String> cache = cache(1);

    using(cache, 5, () -> cache.setMaximum(2));

    assertThat(cache.size()).isEqualTo(2);
  }

  @Test
  void setMaximum_someEntriesInUse_evictsTheOthersAtOnce() {
    for (int i = 0; i < 50; i++) { // hashes differ, and so do the shards of the keys
      TheineCache<Integer, String> cache = cache(i % 2 == 0 ? 1 : 4);

      using(
          cache,
          3,
          () -> {
            cache.setMaximum(3);
            assertThat(cache.size()).isEqualTo(3);
          });

      assertThat(cache.containsKey(1)).isTrue();
      assertThat(cache.containsKey(2)).isTrue();
      assertThat(cache.containsKey(3)).isTrue();
    }
  }
}
