package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.theine.jcache.Caches.assertCounted;
import static org.theine.jcache.Caches.statistics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * How long entries live by what the policy answers, where the specification says more than its TCK
 * asks.
 */
final class ExpiryConformanceTest extends ExpiryConformance {
  @Nested
  @DisplayName("place 10: creation ZERO adds nothing")
  class CreationZero {
    private final Map<String, Consumer<TheineCache<Integer, String>>> creations =
        new LinkedHashMap<>();

    CreationZero() {
      creations.put("put", cache -> cache.put(1, "a"));
      creations.put("putAll", cache -> cache.putAll(Map.of(1, "a")));
      creations.put(
          "putIfAbsent", cache -> assertThat(cache.putIfAbsent(1, "a")).as("added").isFalse());
      creations.put("getAndPut", cache -> assertThat(cache.getAndPut(1, "a")).isNull());
      creations.put("invoke", cache -> set(cache, 1, "a"));
    }

    private void assertNotAdded(String creation, TheineCache<Integer, String> cache) {
      assertThat(statistics(cache).getCachePuts()).as(creation).isZero();
      assertThat(statistics(cache).getCacheHits()).as(creation).isZero();
      assertThat(cache.containsKey(1)).as(creation).isFalse();
      assertThat(cache.size()).as(creation).isZero();
      cache.expireNow();
      assertThat(listener.take()).as(creation).isEmpty();
    }

    @Test
    void creation_policyOfTheUser_addsTellsAndCountsNothing() {
      expiry.creation(answering(Duration.ZERO));
      TheineCache<Integer, String> cache = plain();
      creations.forEach(
          (name, creation) -> {
            creation.accept(cache);
            assertNotAdded(name, cache);
            assertThat(expiry.take()).as(name).containsExactly("creation");
          });
    }

    @Test
    void creation_constantPolicy_addsTellsAndCountsNothing() {
      TheineCache<Integer, String> cache = plain(CreatedExpiryPolicy.factoryOf(Duration.ZERO));
      creations.forEach(
          (name, creation) -> {
            creation.accept(cache);
            assertNotAdded(name, cache);
          });
    }

    @Test
    void creation_writeThrough_isWrittenAllTheSame() {
      expiry.creation(answering(Duration.ZERO));
      TheineCache<Integer, String> cache = writeThrough();
      creations.forEach(
          (name, creation) -> {
            creation.accept(cache);
            assertNotAdded(name, cache);
            assertThat(writer.take()).as(name).containsExactly("write 1=a");
          });
    }

    @Test
    void putIfAbsent_notAdded_isMiss() {
      expiry.creation(answering(Duration.ZERO));
      TheineCache<Integer, String> cache = plain();

      assertThat(cache.putIfAbsent(1, "a")).isFalse();

      assertCounted(cache, 0, 1, 0, 0);
    }

    @Test
    void load_notAdded_isGivenToTheCaller() {
      expiry.creation(answering(Duration.ZERO));
      TheineCache<Integer, String> cache = readThrough();
      Map<String, Runnable> loads = new LinkedHashMap<>();
      loads.put("get", () -> assertThat(cache.get(1)).isEqualTo("loaded 1"));
      loads.put("getAll", () -> assertThat(cache.getAll(Set.of(1))).containsEntry(1, "loaded 1"));
      loads.put("invoke", () -> assertThat(processedValue(cache, 1)).isEqualTo("loaded 1"));
      loads.put("loadAll", () -> loadAll(cache, Set.of(1), false));
      loads.put("loadAll, replacing", () -> loadAll(cache, Set.of(1), true));
      loads.forEach(
          (name, load) -> {
            load.run();
            assertNotAdded(name, cache);
            assertThat(loader.take()).as(name).hasSize(1);
          });
    }
  }

  @Nested
  @DisplayName("place 11: update ZERO updates, then expires")
  class UpdateZero {
    private final Map<String, Consumer<TheineCache<Integer, String>>> updates =
        new LinkedHashMap<>();

    UpdateZero() {
      updates.put("put", cache -> cache.put(1, "b"));
      updates.put("replace", cache -> assertThat(cache.replace(1, "b")).isTrue());
      updates.put("replace if equal", cache -> assertThat(cache.replace(1, "a", "b")).isTrue());
      updates.put("getAndPut", cache -> assertThat(cache.getAndPut(1, "b")).isEqualTo("a"));
      updates.put("getAndReplace", cache -> assertThat(cache.getAndReplace(1, "b")).isEqualTo("a"));
      updates.put("invoke", cache -> set(cache, 1, "b"));
      updates.put("putAll", cache -> cache.putAll(Map.of(1, "b")));
    }

    private void assertUpdatedAndExpired(TheineCache<Integer, String> cache) {
      expiry.update(answering(Duration.ZERO));
      updates.forEach(
          (name, update) -> {
            cache.put(1, "a");
            statistics(cache).clear();
            listener.take();

            update.accept(cache);

            assertThat(listener.take())
                .as(name)
                .containsExactly("UPDATED 1=b was a", "EXPIRED 1=b was b");
            assertThat(statistics(cache).getCachePuts()).as(name).isEqualTo(1);
            assertThat(statistics(cache).getCacheRemovals()).as(name).isZero();
            assertThat(cache.containsKey(1)).as(name).isFalse();
            assertThat(cache.size()).as(name).isZero();
          });
    }

    @Test
    void update_plain_isToldCountedAndGone() {
      assertUpdatedAndExpired(plain());
    }

    @Test
    void update_writeThrough_isToldCountedAndGone() {
      assertUpdatedAndExpired(writeThrough());
      assertThat(writer.take()).hasSize(2 * updates.size());
    }

    @Test
    void loadAll_replaces_isToldAndGone() {
      expiry.update(answering(Duration.ZERO));
      TheineCache<Integer, String> cache = readThrough();
      cache.put(1, "a");
      statistics(cache).clear();

      loadAll(cache, Set.of(1), true);

      assertCounted(cache, 0, 0, 0, 0);
      assertThat(listener.take())
          .containsExactly(
              "CREATED 1=a", "UPDATED 1=loaded 1 was a", "EXPIRED 1=loaded 1 was loaded 1");
      assertThat(cache.containsKey(1)).isFalse();
    }
  }

  @Nested
  @DisplayName("places 12 and 13: null and failures")
  class NoAnswer {
    /** An operation four seconds short of the deadline of creation leaves it where it is. */
    private void assertDeadlineStays(Consumer<TheineCache<Integer, String>> operation) {
      expiry.creation(answering(TEN_SECONDS));
      TheineCache<Integer, String> cache = plain();
      cache.put(1, "a");
      advanceSeconds(6);

      assertThatCode(() -> operation.accept(cache)).doesNotThrowAnyException();

      advance(TimeUnit.SECONDS.toNanos(4) - 1);
      assertThat(cache.containsKey(1)).isTrue();
      advance(1);
      assertThat(cache.containsKey(1)).isFalse();
    }

    @Test
    void update_null_leavesTheDeadline() {
      for (Consumer<TheineCache<Integer, String>> update : updates()) {
        expiry.update(() -> null);
        assertDeadlineStays(update);
        assertThat(expiry.take()).containsExactly("creation", "update");
      }
    }

    @Test
    void access_null_leavesTheDeadline() {
      for (Consumer<TheineCache<Integer, String>> access : accesses()) {
        expiry.access(() -> null);
        assertDeadlineStays(access);
        assertThat(expiry.take()).containsExactly("creation", "access");
      }
    }

    @Test
    void creation_null_isEternal() {
      expiry.creation(() -> null);
      assertEternalCreation();
    }

    @Test
    void update_throws_leavesTheDeadline() {
      for (Consumer<TheineCache<Integer, String>> update : updates()) {
        expiry.update(ExpiryConformance::fail);
        assertDeadlineStays(update);
        assertThat(expiry.take()).containsExactly("creation", "update");
      }
    }

    @Test
    void access_throws_leavesTheDeadline() {
      for (Consumer<TheineCache<Integer, String>> access : accesses()) {
        expiry.access(ExpiryConformance::fail);
        assertDeadlineStays(access);
        assertThat(expiry.take()).containsExactly("creation", "access");
      }
    }

    @Test
    void creation_throws_isEternal() {
      expiry.creation(ExpiryConformance::fail);
      assertEternalCreation();
    }

    private void assertEternalCreation() {
      TheineCache<Integer, String> cache = readThrough();
      cache.put(1, "a");
      cache.putAll(Map.of(2, "a"));
      set(cache, 3, "a");
      assertThat(cache.putIfAbsent(4, "a")).isTrue();
      cache.get(5);
      cache.getAll(Set.of(6));
      advanceSeconds(TimeUnit.DAYS.toSeconds(10_000));
      cache.expireNow();

      assertThat(cache.size()).isEqualTo(6);
      assertThat(cache.getAll(Set.of(1, 2, 3, 4, 5, 6)))
          .containsEntry(1, "a")
          .containsEntry(6, "loaded 6");
      assertThat(listener.take()).hasSize(6).allMatch(event -> event.startsWith("CREATED"));
    }

    private List<Consumer<TheineCache<Integer, String>>> updates() {
      return List.of(
          cache -> cache.put(1, "b"),
          cache -> cache.putAll(Map.of(1, "b")),
          cache -> cache.replace(1, "b"),
          cache -> cache.replace(1, "a", "b"),
          cache -> cache.getAndPut(1, "b"),
          cache -> cache.getAndReplace(1, "b"),
          cache -> set(cache, 1, "b"));
    }

    private List<Consumer<TheineCache<Integer, String>>> accesses() {
      return List.of(
          cache -> assertThat(cache.get(1)).isEqualTo("a"),
          cache -> assertThat(cache.getAll(Set.of(1, 2))).hasSize(1),
          ExpiryConformance::iterate,
          cache -> assertThat(cache.replace(1, "x", "b")).isFalse(),
          cache -> assertThat(cache.remove(1, "x")).isFalse(),
          cache -> assertThat(processedValue(cache, 1)).isEqualTo("a"));
    }
  }

  @Test
  @DisplayName("place 14")
  void load_accessZero_asksForCreationOnly() {
    expiry.access(answering(Duration.ZERO));
    TheineCache<Integer, String> cache = readThrough();
    Map<String, Runnable> loads = new LinkedHashMap<>();
    loads.put("get", () -> assertThat(cache.get(1)).isEqualTo("loaded 1"));
    loads.put("getAll", () -> assertThat(cache.getAll(Set.of(1))).containsEntry(1, "loaded 1"));
    loads.put("invoke", () -> assertThat(processedValue(cache, 1)).isEqualTo("loaded 1"));
    loads.put("loadAll", () -> loadAll(cache, Set.of(1), false));
    loads.put("loadAll, replacing", () -> loadAll(cache, Set.of(1), true));
    loads.forEach(
        (name, load) -> {
          load.run();

          assertThat(expiry.take()).as(name).containsExactly("creation");
          assertThat(cache.containsKey(1)).as(name).isTrue();
          cache.clear();
        });
  }
}
