package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.theine.jcache.Caches.assertCounted;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What an entry processor does to its cache, where the specification says more than its TCK asks.
 */
final class ProcessorConformanceTest extends ProcessorConformance {
  @Nested
  @DisplayName("place 28: several steps in one processor")
  class Steps {
    @Test
    void getRemoveGetSet_absent_loadsOnceWritesOnceTellsOnce() {
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 2, "get", "remove", "get", "b")).containsExactly("loaded", null);

      assertThat(loader.take()).containsExactly("load 2");
      assertThat(writer.take()).containsExactly("write 2=b");
      assertThat(listener.take()).containsExactly("CREATED 2=b");
      assertCounted(cache, 0, 1, 1, 0);
      assertThat(cache.get(2)).isEqualTo("b");
    }

    @Test
    void getRemoveGetSet_present_writesOnceTellsOnce() {
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 1, "get", "remove", "get", "b")).containsExactly("a", null);

      assertThat(loader.take()).isEmpty();
      assertThat(writer.take()).containsExactly("write 1=b");
      assertThat(listener.take()).containsExactly("UPDATED 1=b was a");
      assertCounted(cache, 1, 0, 1, 0);
      assertThat(cache.get(1)).isEqualTo("b");
    }

    @Test
    void getSetGetSet_absent_isOneGetAndOnePut() { // example 1
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 2, "get", "x", "get", "y")).containsExactly("loaded", "x");

      assertThat(loader.take()).containsExactly("load 2");
      assertThat(writer.take()).containsExactly("write 2=y");
      assertThat(listener.take()).containsExactly("CREATED 2=y");
      assertCounted(cache, 0, 1, 1, 0);
    }

    @Test
    void getSetGetSet_present_isOneGetAndOnePut() {
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 1, "get", "x", "get", "y")).containsExactly("a", "x");

      assertThat(loader.take()).isEmpty();
      assertThat(writer.take()).containsExactly("write 1=y");
      assertThat(listener.take()).containsExactly("UPDATED 1=y was a");
      assertCounted(cache, 1, 0, 1, 0);
    }

    @Test
    void getSetGetSetRemove_present_isOneGetAndOneRemoval() { // example 3
      TheineCache<Integer, String> cache = writeThrough();

      assertThat(invoke(cache, 1, "get", "x", "get", "y", "remove")).containsExactly("a", "x");

      assertThat(writer.take()).containsExactly("delete 1");
      assertThat(listener.take()).containsExactly("REMOVED 1=a was a");
      assertCounted(cache, 1, 0, 0, 1);
      assertThat(cache.containsKey(1)).isFalse();
    }

    @Test
    void getSetGetSetRemove_absent_leavesNoTrace() {
      TheineCache<Integer, String> cache = writeThrough();

      assertThat(invoke(cache, 2, "get", "x", "get", "y", "remove")).containsExactly(null, "x");

      assertThat(writer.take()).isEmpty();
      assertThat(listener.take()).isEmpty();
      assertCounted(cache, 0, 1, 0, 0);
      assertThat(cache.containsKey(2)).isFalse();
    }

    @Test
    void getAndRemove_loaded_isDeletedWhereItWasLoadedFrom() {
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 2, "get", "remove", "exists", "get"))
          .containsExactly("loaded", false, null);
      assertThat(writer.take()).containsExactly("delete 2");
      assertThat(invoke(cache, 2, "get", "x", "get", "y", "remove")).containsExactly("loaded", "x");
      assertThat(writer.take()).containsExactly("delete 2");

      assertThat(loader.take()).containsExactly("load 2", "load 2");
      assertThat(listener.take()).isEmpty();
      assertCounted(cache, 0, 2, 0, 0);
      assertThat(cache.containsKey(2)).isFalse();
    }

    @Test
    void remove_absent_isDeletedAsByCacheRemove() {
      TheineCache<Integer, String> cache = readAndWriteThrough();

      invoke(cache, 2, "remove");

      assertThat(writer.take()).containsExactly("delete 2");
      assertThat(listener.take()).isEmpty();
      assertThat(loader.take()).isEmpty();
    }

    @Test
    void get_loaderHasNothing_isAskedOnce() {
      loader = new RecordingLoader<>(key -> null);
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 2, "get", "get", "exists")).containsExactly(null, null, false);

      assertThat(loader.take()).containsExactly("load 2");
      assertThat(writer.take()).isEmpty();
      assertThat(cache.containsKey(2)).isFalse();
    }
  }

  @Nested
  @DisplayName("place 29: exists and loads")
  class Exists {
    @Test
    void exists_absent_doesNotLoad() {
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 2, "exists")).containsExactly(false);

      assertThat(loader.take()).isEmpty();
      assertThat(cache.containsKey(2)).isFalse();
    }

    @Test
    void exists_afterALoad_isTrueAndTheValueIsStored() {
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 2, "exists", "get", "exists"))
          .containsExactly(false, "loaded", true);

      assertThat(loader.take()).containsExactly("load 2");
      assertThat(writer.take()).isEmpty(); // it came from there
      assertThat(listener.take()).containsExactly("CREATED 2=loaded");
      assertThat(cache.containsKey(2)).isTrue();
    }

    @Test
    void exists_eachStep_tellsWhatTheProcessorSees() {
      TheineCache<Integer, String> cache = writeThrough();

      assertThat(invoke(cache, 1, "exists", "remove", "exists", "b", "exists"))
          .containsExactly(true, false, true);
      assertThat(invoke(cache, 2, "exists", "b", "exists", "remove", "exists"))
          .containsExactly(false, true, false);
    }
  }
}
