package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.theine.jcache.Caches.assertCounted;
import static org.theine.jcache.Caches.statistics;
import static org.theine.jcache.Caches.synchronous;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.integration.CompletionListenerFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What expires when, where the specification says more than its TCK asks. */
final class ExpiryConformanceTest {
  private static final Duration TEN_SECONDS = new Duration(TimeUnit.SECONDS, 10);

  @RegisterExtension final Caches caches = new Caches();

  private final RecordingListener<Integer, String> listener = new RecordingListener<>();
  private final RecordingWriter<Integer, String> writer = new RecordingWriter<>();
  private final RecordingLoader<Integer, String> loader =
      new RecordingLoader<>(key -> "loaded " + key);
  private final RecordingExpiry expiry = new RecordingExpiry();

  private TheineConfiguration<Integer, String> configuration(
      Factory<? extends ExpiryPolicy> policy) {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    return configuration
        .addCacheEntryListenerConfiguration(synchronous(listener))
        .setExpiryPolicyFactory(policy);
  }

  private TheineCache<Integer, String> plain() {
    return caches.create(configuration(() -> expiry));
  }

  private TheineCache<Integer, String> plain(Factory<? extends ExpiryPolicy> policy) {
    return caches.create(configuration(policy));
  }

  private TheineCache<Integer, String> writeThrough() {
    return caches.create(
        configuration(() -> expiry).setWriteThrough(true).setCacheWriterFactory(() -> writer));
  }

  private TheineCache<Integer, String> readThrough() {
    return caches.create(
        configuration(() -> expiry).setReadThrough(true).setCacheLoaderFactory(() -> loader));
  }

  private void advance(long nanos) {
    caches.advance(java.time.Duration.ofNanos(nanos));
  }

  private void advanceSeconds(long seconds) {
    caches.advance(java.time.Duration.ofSeconds(seconds));
  }

  private static void loadAll(Cache<Integer, String> cache, Set<Integer> keys, boolean replace) {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys, replace, done);
    assertThatCode(() -> done.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS))
        .doesNotThrowAnyException();
  }

  private static void iterate(Cache<Integer, String> cache) {
    cache.forEach(entry -> assertThat(entry.getValue()).isNotNull());
  }

  private static void set(Cache<Integer, String> cache, int key, String value) {
    cache.invoke(
        key,
        (entry, arguments) -> {
          entry.setValue(value);
          return null;
        });
  }

  private static void remove(Cache<Integer, String> cache, int key) {
    cache.invoke(
        key,
        (entry, arguments) -> {
          entry.remove();
          return null;
        });
  }

  private static @Nullable String processedValue(Cache<Integer, String> cache, int key) {
    return cache.<String>invoke(key, (entry, arguments) -> entry.getValue());
  }

  private static Supplier<Duration> answering(Duration duration) {
    return () -> duration;
  }

  private static @Nullable Duration fail() {
    throw new ArithmeticException("a policy that fails");
  }

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
        expiry.update(ExpiryConformanceTest::fail);
        assertDeadlineStays(update);
        assertThat(expiry.take()).containsExactly("creation", "update");
      }
    }

    @Test
    void access_throws_leavesTheDeadline() {
      for (Consumer<TheineCache<Integer, String>> access : accesses()) {
        expiry.access(ExpiryConformanceTest::fail);
        assertDeadlineStays(access);
        assertThat(expiry.take()).containsExactly("creation", "access");
      }
    }

    @Test
    void creation_throws_isEternal() {
      expiry.creation(ExpiryConformanceTest::fail);
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
          ExpiryConformanceTest::iterate,
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

  @Nested
  @DisplayName("place 15: what the policy is asked")
  class Questions {
    private final Map<String, Consumer<TheineCache<Integer, String>>> operations =
        new LinkedHashMap<>();
    private final Map<String, List<String>> expected = new LinkedHashMap<>();

    private void row(
        String name, Consumer<TheineCache<Integer, String>> operation, String... questions) {
      operations.put(name, operation);
      expected.put(name, List.of(questions));
    }

    Questions() { // 1=a and 2=b are there, 3 is not
      row("containsKey", cache -> assertThat(cache.containsKey(1)).isTrue());
      row("get", cache -> cache.get(1), "access");
      row("get, absent", cache -> cache.get(3));
      row("getAll", cache -> cache.getAll(Set.of(1, 2, 3)), "access", "access");
      row("iteration", ExpiryConformanceTest::iterate, "access", "access");
      row("hasNext", cache -> assertThat(cache.iterator().hasNext()).isTrue());
      row("iterator, remove", ExpiryConformanceTest::removeFirst, "access");
      row("put", cache -> cache.put(1, "x"), "update");
      row("put, absent", cache -> cache.put(3, "x"), "creation");
      row("putAll", cache -> cache.putAll(Map.of(1, "x", 2, "x")), "update", "update");
      row("putAll, absent", cache -> cache.putAll(Map.of(3, "x")), "creation");
      row("putIfAbsent", cache -> cache.putIfAbsent(1, "x"));
      row("putIfAbsent, absent", cache -> cache.putIfAbsent(3, "x"), "creation");
      row("getAndPut", cache -> cache.getAndPut(1, "x"), "update");
      row("getAndPut, absent", cache -> cache.getAndPut(3, "x"), "creation");
      row("replace", cache -> cache.replace(1, "x"), "update");
      row("replace, absent", cache -> cache.replace(3, "x"));
      row("replace if equal", cache -> cache.replace(1, "a", "x"), "update");
      row("replace if equal, unequal", cache -> cache.replace(1, "b", "x"), "access");
      row("replace if equal, absent", cache -> cache.replace(3, "b", "x"));
      row("getAndReplace", cache -> cache.getAndReplace(1, "x"), "update");
      row("getAndReplace, absent", cache -> cache.getAndReplace(3, "x"));
      row("remove", cache -> cache.remove(1));
      row("remove if equal", cache -> cache.remove(1, "a"));
      row("remove if equal, unequal", cache -> cache.remove(1, "b"), "access");
      row("remove if equal, absent", cache -> cache.remove(3, "b"));
      row("getAndRemove", cache -> cache.getAndRemove(1));
      row("removeAll of keys", cache -> cache.removeAll(Set.of(1, 3)));
      row("removeAll", Cache::removeAll);
      row("clear", Cache::clear);
      row("invoke, getValue", cache -> processedValue(cache, 1), "access");
      row("invoke, getValue, absent", cache -> processedValue(cache, 3));
      row("invoke, exists", cache -> cache.invoke(1, (entry, arguments) -> entry.exists()));
      row("invoke, setValue", cache -> set(cache, 1, "x"), "update");
      row("invoke, setValue, absent", cache -> set(cache, 3, "x"), "creation");
      row("invoke, remove", cache -> remove(cache, 1));
    }

    @Test
    void operation_each_asksAsTheTableSays() {
      TheineCache<Integer, String> cache = plain();
      operations.forEach(
          (name, operation) -> {
            cache.clear();
            cache.put(1, "a");
            cache.put(2, "b");
            expiry.take();

            operation.accept(cache);

            assertThat(expiry.take()).as(name).isEqualTo(expected.get(name));
          });
    }

    @Test
    void access_aDuration_movesTheDeadline() {
      expiry.creation(answering(TEN_SECONDS)).access(answering(TEN_SECONDS));
      for (String name :
          List.of("get", "getAll", "iteration", "remove if equal, unequal", "invoke, getValue")) {
        TheineCache<Integer, String> cache = plain();
        cache.put(1, "a");
        cache.put(2, "b");
        advanceSeconds(9);

        operations.get(name).accept(cache);

        advanceSeconds(9);
        assertThat(cache.containsKey(1)).as(name).isTrue();
        advanceSeconds(1);
        assertThat(cache.containsKey(1)).as(name).isFalse();
      }
    }

    @Test
    void access_zero_isTheLastLook() {
      expiry.access(answering(Duration.ZERO));
      TheineCache<Integer, String> cache = plain();
      cache.put(1, "a");

      assertThat(cache.get(1)).isEqualTo("a");
      assertThat(cache.get(1)).isNull();

      cache.expireNow();
      assertThat(cache.size()).isZero();
    }
  }

  private static void removeFirst(Cache<Integer, String> cache) {
    Iterator<Cache.Entry<Integer, String>> entries = cache.iterator();
    entries.next();
    entries.remove();
  }

  @Nested
  @DisplayName("place 16: EXPIRED is told once and in order")
  class ExpiredEvents {
    private final Map<String, Consumer<TheineCache<Integer, String>>> creations =
        new LinkedHashMap<>();

    ExpiredEvents() {
      creations.put("put", cache -> cache.put(1, "b"));
      creations.put("putAll", cache -> cache.putAll(Map.of(1, "b")));
      creations.put("putIfAbsent", cache -> assertThat(cache.putIfAbsent(1, "b")).isTrue());
      creations.put("getAndPut", cache -> assertThat(cache.getAndPut(1, "b")).isNull());
      creations.put("invoke", cache -> set(cache, 1, "b"));
    }

    private void assertExpiredBeforeCreated(
        TheineCache<Integer, String> cache, Consumer<TheineCache<Integer, String>> look) {
      creations.forEach(
          (name, creation) -> {
            cache.put(1, "a");
            advanceSeconds(11);
            look.accept(cache);
            creation.accept(cache);

            assertThat(listener.take())
                .as(name)
                .containsExactly("CREATED 1=a", "EXPIRED 1=a was a", "CREATED 1=b");
            cache.clear();
          });
    }

    @Test
    void create_overExpired_tellsExpiredFirst() {
      assertExpiredBeforeCreated(plain(CreatedExpiryPolicy.factoryOf(TEN_SECONDS)), cache -> {});
    }

    @Test
    void create_overExpiredWriteThrough_tellsExpiredFirst() {
      expiry.creation(answering(TEN_SECONDS));
      assertExpiredBeforeCreated(writeThrough(), cache -> {});
    }

    @Test
    void create_afterOthersHaveLooked_tellsExpiredOnce() {
      assertExpiredBeforeCreated(
          plain(CreatedExpiryPolicy.factoryOf(TEN_SECONDS)),
          cache -> {
            cache.get(1);
            cache.containsKey(1);
            cache.getAll(Set.of(1));
            iterate(cache);
            cache.remove(1);
            cache.replace(1, "x");
            cache.invoke(1, (entry, arguments) -> entry.exists());
            cache.expireNow();
          });
    }

    @Test
    void load_overExpired_tellsExpiredFirst() {
      expiry.creation(answering(TEN_SECONDS));
      TheineCache<Integer, String> cache = readThrough();
      List<Runnable> loads =
          List.of(
              () -> cache.get(1),
              () -> cache.getAll(Set.of(1)),
              () -> processedValue(cache, 1),
              () -> loadAll(cache, Set.of(1), false),
              () -> loadAll(cache, Set.of(1), true));
      for (Runnable load : loads) {
        cache.put(1, "a");
        advanceSeconds(11);
        load.run();

        assertThat(listener.take())
            .containsExactly("CREATED 1=a", "EXPIRED 1=a was a", "CREATED 1=loaded 1");
        cache.clear();
      }
    }

    @Test
    void expireNow_untouched_tellsAndCounts() throws Exception {
      TheineCache<Integer, String> cache = plain(CreatedExpiryPolicy.factoryOf(TEN_SECONDS));
      for (int key = 0; key < 1000; key++) {
        cache.put(key, "a");
      }
      advanceSeconds(11);
      cache.expireNow();

      assertThat(cache.size()).isZero();
      Caches.await("all events", () -> listener.count() == 2000);
      assertThat(listener.take().stream().filter(event -> event.startsWith("EXPIRED")).distinct())
          .hasSize(1000);
      assertThat(statistics(cache).getCacheRemovals()).isZero();
      assertThat(statistics(cache).getCacheEvictions()).isZero();
    }

    @Test
    void expiration_systemTimeAndUntouched_isToldByItself() throws Exception {
      TheineConfiguration<Integer, String> configuration = new TheineConfiguration<>();
      configuration
          .addCacheEntryListenerConfiguration(synchronous(listener))
          .setExpiryPolicyFactory(
              CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 20)));
      TheineCache<Integer, String> cache = caches.create(configuration);
      cache.put(1, "a");
      cache.put(2, "b");

      Caches.await("all events", () -> listener.count() == 4);

      assertThat(cache.size()).isZero();
      assertThat(listener.take()).contains("EXPIRED 1=a was a", "EXPIRED 2=b was b");
    }

    @Test
    void create_whileAnotherThreadSweeps_keepsTheOrder() throws Exception {
      TheineCache<Integer, String> cache = plain(CreatedExpiryPolicy.factoryOf(TEN_SECONDS));
      int rounds = 2000;
      List<String> expected = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        cache.put(1, "v" + round);
        advanceSeconds(11);
        Future<?> sweep = caches.run(cache::expireNow);
        cache.put(1, "w" + round);
        Caches.join(sweep);
        advanceSeconds(11);
        for (String value : List.of("v" + round, "w" + round)) {
          expected.add("CREATED 1=" + value);
          expected.add("EXPIRED 1=" + value + " was " + value);
        }
      }
      cache.put(1, "end");
      expected.add("CREATED 1=end");

      assertThat(listener.take()).isEqualTo(expected);
    }
  }

  @Nested
  @DisplayName("place 17: expired is absent")
  class ExpiredIsAbsent {
    private TheineCache<Integer, String> expired(
        TheineConfiguration<Integer, String> configuration) {
      TheineCache<Integer, String> cache = caches.create(configuration);
      cache.put(1, "a");
      advanceSeconds(10);
      statistics(cache).clear();
      return cache;
    }

    private TheineCache<Integer, String> expired() {
      return expired(configuration(CreatedExpiryPolicy.factoryOf(TEN_SECONDS)));
    }

    @Test
    void look_expired_findsNothing() {
      TheineCache<Integer, String> cache = expired();

      assertThat(cache.get(1)).isNull();
      assertCounted(cache, 0, 1, 0, 0);
      assertThat(cache.getAll(Set.of(1))).isEmpty();
      assertCounted(cache, 0, 1, 0, 0);
      assertThat(cache.containsKey(1)).isFalse();
      assertThat(cache.iterator()).isExhausted();
      assertCounted(cache, 0, 0, 0, 0);
    }

    @Test
    void replace_expired_replacesNothing() {
      assertThat(expired().replace(1, "b")).isFalse();
      assertThat(expired().replace(1, "a", "b")).isFalse();
      assertThat(expired().getAndReplace(1, "b")).isNull();
    }

    @Test
    void remove_expired_removesNothing() {
      assertThat(expired().remove(1)).isFalse();
      assertThat(expired().remove(1, "a")).isFalse();
      assertThat(expired().getAndRemove(1)).isNull();
    }

    @Test
    void put_expired_creates() {
      TheineCache<Integer, String> cache = expired();
      assertThat(cache.putIfAbsent(1, "b")).isTrue();
      assertCounted(cache, 0, 1, 1, 0);
      assertThat(cache.get(1)).isEqualTo("b");

      cache = expired();
      assertThat(cache.getAndPut(1, "b")).isNull();
      assertCounted(cache, 0, 1, 1, 0);
      assertThat(cache.get(1)).isEqualTo("b");
    }

    @Test
    void invoke_expired_seesNothing() {
      TheineCache<Integer, String> cache = expired();
      assertThat(cache.<Boolean>invoke(1, (entry, arguments) -> entry.exists())).isFalse();
      assertCounted(cache, 0, 1, 0, 0);

      cache = expired();
      assertThat(processedValue(cache, 1)).isNull();
      assertCounted(cache, 0, 1, 0, 0);
    }

    @Test
    void loadAll_expired_loadsThoughItKeeps() {
      TheineCache<Integer, String> cache =
          expired(
              configuration(CreatedExpiryPolicy.factoryOf(TEN_SECONDS))
                  .setReadThrough(true)
                  .setCacheLoaderFactory(() -> loader));

      loadAll(cache, Set.of(1), false);
      assertThat(loader.take()).hasSize(1);
      assertThat(cache.get(1)).isEqualTo("loaded 1");

      loadAll(cache, Set.of(1), false);
      assertThat(loader.take()).isEmpty();
    }
  }

  @Nested
  @DisplayName("place 18: durations and times at the edge")
  class Edges {
    /** The longest duration that has a deadline. */
    private static final long LONGEST_MILLIS = Long.MAX_VALUE / 2 / 1_000_000;

    @Test
    void duration_huge_doesNotWrap() {
      for (Duration huge :
          List.of(
              new Duration(TimeUnit.DAYS, Long.MAX_VALUE),
              new Duration(TimeUnit.DAYS, Long.MAX_VALUE / 1_000_000),
              new Duration(TimeUnit.MILLISECONDS, Long.MAX_VALUE),
              new Duration(TimeUnit.MILLISECONDS, Long.MAX_VALUE / 1_000_000),
              new Duration(TimeUnit.MILLISECONDS, Long.MAX_VALUE / 1_000_000 + 1),
              new Duration(TimeUnit.MILLISECONDS, LONGEST_MILLIS),
              new Duration(TimeUnit.MILLISECONDS, LONGEST_MILLIS + 1),
              new Duration(TimeUnit.DAYS, 36_500))) {
        for (Factory<? extends ExpiryPolicy> policy :
            List.of(
                CreatedExpiryPolicy.factoryOf(huge),
                ModifiedExpiryPolicy.factoryOf(huge),
                AccessedExpiryPolicy.factoryOf(huge),
                () -> expiry.creation(() -> huge).update(() -> huge).access(() -> huge))) {
          TheineCache<Integer, String> cache = plain(policy);
          advanceSeconds(1);
          cache.put(1, "a");
          cache.put(1, "b");
          cache.get(1);
          advanceSeconds(TimeUnit.DAYS.toSeconds(1000));
          cache.expireNow();

          assertThat(cache.get(1)).as("%s", huge).isEqualTo("b");
          cache.close();
        }
      }
    }

    @Test
    void deadline_tickerAnywhere_isExact() {
      long ten =
          TimeUnit.MILLISECONDS.toNanos(10); // deadlines at 0, MAX_VALUE and their neighbours
      for (long start :
          List.of(
              0L,
              -1L,
              -ten - 1,
              -ten,
              -ten + 1,
              Long.MAX_VALUE,
              Long.MAX_VALUE - ten - 1,
              Long.MAX_VALUE - ten,
              Long.MAX_VALUE - ten + 1,
              Long.MIN_VALUE)) {
        AtomicLong ticker = new AtomicLong(start);
        TheineCache<Integer, String> cache =
            caches.create(
                configuration(
                        CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 10)))
                    .setTickerFactory(() -> ticker::get));
        cache.put(1, "a");
        ticker.addAndGet(ten - 1);
        cache.expireNow();
        assertThat(cache.get(1)).as("start %d", start).isEqualTo("a");
        ticker.addAndGet(1);
        assertThat(cache.get(1)).as("start %d", start).isNull();
        ticker.addAndGet(TimeUnit.SECONDS.toNanos(1)); // the wheel may be late by a tick
        cache.expireNow();
        assertThat(cache.size()).as("start %d", start).isZero();
        cache.close();
      }
    }

    @Test
    void duration_toTheEndOfTime_isEternalAndNotDead() {
      AtomicLong ticker = new AtomicLong();
      TheineCache<Integer, String> cache =
          caches.create(
              configuration(
                      CreatedExpiryPolicy.factoryOf(
                          new Duration(TimeUnit.MILLISECONDS, LONGEST_MILLIS)))
                  .setTickerFactory(() -> ticker::get));
      ticker.set(Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS) - 1);
      for (int key = 1; key <= 3; key++) { // deadlines at MAX_VALUE - 1, MAX_VALUE and beyond
        cache.put(key, "a");
        ticker.incrementAndGet();
      }
      ticker.addAndGet(TimeUnit.SECONDS.toNanos(1));
      cache.expireNow();

      assertThat(cache.getAll(Set.of(1, 2, 3))).hasSize(3);
      assertThat(cache.size()).isEqualTo(3);
    }
  }

  @Nested
  @DisplayName("place 19: a policy that can be closed is closed")
  class ClosingPolicy {
    private final AtomicInteger closings = new AtomicInteger();

    private final class CloseablePolicy implements ExpiryPolicy, Closeable {
      @Override
      public Duration getExpiryForCreation() {
        return Duration.ETERNAL;
      }

      @Override
      public @Nullable Duration getExpiryForAccess() {
        return null;
      }

      @Override
      public @Nullable Duration getExpiryForUpdate() {
        return null;
      }

      @Override
      public void close() {
        closings.incrementAndGet();
      }
    }

    @Test
    void close_ofTheCache_closesOnce() {
      TheineCache<Integer, String> cache = plain(CloseablePolicy::new);
      assertThat(closings).hasValue(0);

      cache.close();
      cache.close();

      assertThat(closings).hasValue(1);
    }

    @Test
    void destroyCacheAndCloseOfTheManager_each_closesOnce() {
      TheineCache<Integer, String> destroyed = plain(CloseablePolicy::new);
      plain(CloseablePolicy::new);

      caches.manager().destroyCache(destroyed.getName());
      assertThat(closings).hasValue(1);
      caches.manager().close();
      assertThat(closings).hasValue(2);
    }
  }
}
