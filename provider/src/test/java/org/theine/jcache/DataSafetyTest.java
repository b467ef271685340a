package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No value is lost, doubled or stale, whoever fails or comes at the same time. That single
 * operations are linearizable is model-checked elsewhere, with Lincheck.
 */
final class DataSafetyTest {
  private static final int KEYS = 4;

  @RegisterExtension final Caches caches = new Caches();

  private final BackingStore<Integer, String> behind = new BackingStore<>();

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the others do not come", e);
    }
  }

  // --------------------------------------------------------------------- 10, 11: cache and store

  /** Runs actions in four threads that start together, each with a random of its own. */
  private static void together(long seed, Consumer<Random> action) throws InterruptedException {
    CyclicBarrier start = new CyclicBarrier(4);
    List<Task<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Random random = new Random(seed + i);
      tasks.add(
          Task.run(
              () -> {
                meet(start);
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
              meet(loaded); // the value is read; now the remove sets out
            }
          };
      Task<String> get = Task.start(() -> cache.get(1));
      meet(loaded);
      cache.remove(1);

      assertThat(cache.containsKey(1)).as("round %d", round).isFalse();
      get.join();
      assertThat(cache.containsKey(1)).as("round %d, at rest", round).isFalse();
      assertThat(behind.map).isEmpty();
    }
  }

  // ----------------------------------------------------------------------------- 12: sweep and
  // write

  private static final java.time.Duration MINUTE = java.time.Duration.ofMinutes(1);

  private TheineConfiguration<Integer, String> expiring() {
    return caches
        .<Integer, String>configuration()
        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE));
  }

  @Test
  void put_whileTheExpiredEntryIsSwept_survives() throws Exception {
    RecordingListener<Integer, String> listener = new RecordingListener<>();
    TheineCache<Integer, String> cache =
        caches.create(
            expiring()
                .setExecutorFactory(() -> Runnable::run)
                .addCacheEntryListenerConfiguration(Caches.synchronous(listener)));
    int keys = 40;
    for (int key = 0; key < keys; key++) {
      cache.put(key, "0");
    }
    listener.take();
    for (int round = 1; round <= 200; round++) {
      caches.advance(MINUTE.plusSeconds(1)); // the wheel is up to a tick late
      CyclicBarrier start = new CyclicBarrier(2);
      Task<Void> sweep =
          Task.run(
              () -> {
                meet(start);
                cache.expireNow();
              });
      meet(start);
      for (int key = 0; key < keys; key++) {
        cache.put(key, Integer.toString(round));
      }
      sweep.result();

      for (int key = 0; key < keys; key++) {
        assertThat(cache.get(key)).as("key %d", key).isEqualTo(Integer.toString(round));
      }
      assertToldOncePerKey(listener, keys, round);
    }
  }

  private static void assertToldOncePerKey(
      RecordingListener<Integer, String> listener, int keys, int round)
      throws InterruptedException {
    Caches.await("all events", () -> listener.count() >= 2 * keys);
    Map<String, List<String>> byKey = new HashMap<>();
    for (String event : listener.take()) {
      String key = event.substring(event.indexOf(' ') + 1, event.indexOf('='));
      byKey.computeIfAbsent(key, absent -> new ArrayList<>()).add(event);
    }
    assertThat(byKey).hasSize(keys);
    String old = Integer.toString(round - 1);
    byKey.forEach(
        (key, events) ->
            assertThat(events)
                .containsExactly(
                    "EXPIRED " + key + "=" + old + " was " + old, "CREATED " + key + "=" + round));
  }

  @Test
  void sweep_ofAnEntryThatWasTouched_leavesItTillItsNewDeadline() {
    TheineCache<Integer, String> cache =
        caches.create(
            caches
                .<Integer, String>configuration()
                .setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(Duration.ONE_MINUTE)));
    cache.put(1, "a");
    caches.advance(MINUTE.minusNanos(1));
    assertThat(cache.get(1)).isEqualTo("a");

    caches.advance(MINUTE.minusNanos(1)); // the timer of the first deadline fires
    cache.expireNow();
    assertThat(cache.containsKey(1)).isTrue();

    caches.advance(MINUTE);
    cache.expireNow();
    assertThat(cache.size()).isZero();
  }

  @Test
  void sweep_ofAnEntryThatIsBeingWritten_leavesItAndItExpiresLaterOnce() throws Exception {
    RecordingListener<Integer, String> listener = new RecordingListener<>();
    TheineCache<Integer, String> cache =
        caches.create(
            behind
                .behind(caches.configuration())
                .setExecutorFactory(() -> Runnable::run)
                .setExpiryPolicyFactory(() -> new Ten(new Trap()))
                .addCacheEntryListenerConfiguration(Caches.synchronous(listener)));
    cache.put(1, "old");
    Gate gate = new Gate();
    behind.onWrite = key -> gate.pass();
    Task<Void> put = Task.run(() -> cache.put(1, "new"));
    gate.awaitReached();

    caches.advance(TEN_MINUTES);
    cache.expireNow(); // due, but its owner found it alive
    assertThat(cache.size()).isEqualTo(1);
    gate.open();
    put.result();

    assertThat(cache.get(1)).isEqualTo("new");
    caches.advance(TEN_MINUTES.minusNanos(1));
    cache.expireNow();
    assertThat(cache.get(1)).isEqualTo("new");
    caches.advance(MINUTE);
    cache.expireNow();
    assertThat(cache.size()).as("its timer was set anew").isZero();
    assertThat(listener.take())
        .containsExactly("CREATED 1=old", "UPDATED 1=new was old", "EXPIRED 1=new was new");
  }

  @Test
  void sweep_ofAnEntryWhoseWriterFails_expiresItAfterAll() throws Exception {
    TheineCache<Integer, String> cache =
        caches.create(
            behind
                .behind(caches.configuration())
                .setExpiryPolicyFactory(() -> new Ten(new Trap())));
    cache.put(1, "old");
    Gate gate = new Gate();
    behind.onWrite =
        key -> {
          gate.pass();
          throw new ArithmeticException("down");
        };
    Task<Void> put = Task.run(() -> cache.put(1, "new"));
    gate.awaitReached();
    caches.advance(TEN_MINUTES);
    cache.expireNow();
    gate.open();
    assertThat(put.failure()).isInstanceOf(CacheException.class);

    assertThat(cache.containsKey(1)).isFalse();
    caches.advance(MINUTE);
    cache.expireNow();
    assertThat(cache.size()).isZero();
  }

  // -------------------------------------------------------------------------- 13: whatever is
  // thrown

  /** Where a failure comes from. */
  private enum Part {
    WRITER,
    LOADER,
    PROCESSOR,
    POLICY,
    COPIER,
    WEIGHER,
    KEY_EQUALS,
    KEY_HASH_CODE,
    VALUE_EQUALS
  }

  /** Springs in one part at a time. */
  private static final class Trap {
    volatile @Nullable Part part;
    volatile @Nullable Throwable failure;
    volatile boolean sprung;

    void spring(Part here) {
      Throwable thrown = failure;
      if (here == part && thrown != null) {
        sprung = true;
        DataSafetyTest.<RuntimeException>throwUnseen(thrown);
      }
    }

    void set(Part newPart, Throwable newFailure) {
      failure = newFailure;
      part = newPart;
      sprung = false;
    }

    void remove() {
      part = null;
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void throwUnseen(Throwable failure) throws E {
    throw (E) failure;
  }

  private static final java.time.Duration TEN_MINUTES = java.time.Duration.ofMinutes(10);

  /** Ten minutes from the creation and each update. */
  private record Ten(Trap trap) implements ExpiryPolicy {
    private static final Duration DURATION = new Duration(TimeUnit.MINUTES, 10);

    @Override
    public Duration getExpiryForCreation() {
      trap.spring(Part.POLICY);
      return DURATION;
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      trap.spring(Part.POLICY);
      return null;
    }

    @Override
    public Duration getExpiryForUpdate() {
      trap.spring(Part.POLICY);
      return DURATION;
    }
  }

  /** A key; all have one hash code, so that a look asks equals. */
  private static final class Key {
    private final int id;
    private final Trap trap;

    Key(int id, Trap trap) {
      this.id = id;
      this.trap = trap;
    }

    @Override
    public boolean equals(Object object) {
      trap.spring(Part.KEY_EQUALS);
      return object instanceof Key other && id == other.id;
    }

    @Override
    public int hashCode() {
      trap.spring(Part.KEY_HASH_CODE);
      return 7;
    }
  }

  private static final class Value {
    private final String text;
    private final Trap trap;

    Value(String text, Trap trap) {
      this.text = text;
      this.trap = trap;
    }

    @Override
    public boolean equals(Object object) {
      trap.spring(Part.VALUE_EQUALS);
      return object instanceof Value other && text.equals(other.text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }
  }

  /** A cache all of whose parts can fail, with one entry. */
  private final class Trapped {
    final Trap trap = new Trap();
    final BackingStore<Integer, Value> store = new BackingStore<>();
    final TheineCache<Key, Value> cache;

    Trapped() {
      cache =
          caches.create(
              caches
                  .<Key, Value>configuration()
                  .setReadThrough(true)
                  .setCacheLoaderFactory(() -> new TrappedLoader(trap))
                  .setWriteThrough(true)
                  .setCacheWriterFactory(() -> new TrappedWriter(store, trap))
                  .setExecutorFactory(() -> Runnable::run)
                  .setExpiryPolicyFactory(() -> new Ten(trap))
                  .setCopierFactory(
                      () ->
                          object -> {
                            trap.spring(Part.COPIER);
                            return object instanceof Key key
                                ? new Key(key.id, trap)
                                : new Value(((Value) object).text, trap);
                          })
                  .setMaximumWeight(
                      100,
                      () ->
                          (key, value) -> {
                            trap.spring(Part.WEIGHER);
                            return 1;
                          }));
      cache.put(key(1), value("old"));
      cache.put(key(3), value("neighbour"));
    }

    Key key(int id) {
      return new Key(id, trap);
    }

    Value value(String text) {
      return new Value(text, trap);
    }
  }

  /** Knows the values of keys from 100 on. */
  private record TrappedLoader(Trap trap) implements CacheLoader<Key, Value> {
    @Override
    public @Nullable Value load(Key key) {
      trap.spring(Part.LOADER);
      return key.id < 100 ? null : new Value("loaded", trap);
    }

    @Override
    public Map<Key, Value> loadAll(Iterable<? extends Key> keys) {
      Map<Key, Value> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      return loaded;
    }
  }

  /** Writes by the numbers of the keys, whose equals may fail. */
  private record TrappedWriter(BackingStore<Integer, Value> store, Trap trap)
      implements CacheWriter<Key, Value> {
    @Override
    public void write(Cache.Entry<? extends Key, ? extends Value> entry) {
      trap.spring(Part.WRITER);
      Key key = entry.getKey();
      store.map.put(key.id, entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends Key, ? extends Value>> entries) {
      entries.forEach(this::write);
    }

    @Override
    public void delete(Object key) {
      trap.spring(Part.WRITER);
      store.map.remove(((Key) key).id);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      keys.forEach(this::delete);
    }
  }

  /** The operations, on the present key 1 or the absent keys 2 and 100. */
  private static Map<String, Consumer<Trapped>> operations() {
    Map<String, Consumer<Trapped>> operations = new HashMap<>();
    operations.put("get", t -> t.cache.get(t.key(1)));
    operations.put("get that loads", t -> t.cache.get(t.key(100)));
    operations.put("getAll", t -> t.cache.getAll(Set.of(new Key(100, t.trap))));
    operations.put("containsKey", t -> t.cache.containsKey(t.key(1)));
    operations.put("put", t -> t.cache.put(t.key(1), t.value("new")));
    operations.put("put absent", t -> t.cache.put(t.key(2), t.value("new")));
    operations.put("getAndPut", t -> t.cache.getAndPut(t.key(1), t.value("new")));
    operations.put("putIfAbsent", t -> t.cache.putIfAbsent(t.key(2), t.value("new")));
    operations.put("replace", t -> t.cache.replace(t.key(1), t.value("new")));
    operations.put("replace old", t -> t.cache.replace(t.key(1), t.value("old"), t.value("new")));
    operations.put("getAndReplace", t -> t.cache.getAndReplace(t.key(1), t.value("new")));
    operations.put("remove", t -> t.cache.remove(t.key(1)));
    operations.put("remove old", t -> t.cache.remove(t.key(1), t.value("old")));
    operations.put("getAndRemove", t -> t.cache.getAndRemove(t.key(1)));
    operations.put("putAll", t -> t.cache.putAll(Map.of(t.key(1), t.value("new"))));
    operations.put("removeAll", t -> t.cache.removeAll(Set.of(t.key(1))));
    operations.put("invoke that sets", t -> invoke(t, 1, true));
    operations.put("invoke that removes", t -> invoke(t, 1, false));
    operations.put("invoke absent", t -> invoke(t, 2, true));
    operations.put("loadAll", t -> loadAll(t, Set.of(t.key(1), new Key(100, t.trap))));
    return operations;
  }

  private static void invoke(Trapped trapped, int key, boolean sets) {
    trapped.cache.invoke(
        trapped.key(key),
        (entry, arguments) -> {
          entry.getValue();
          if (sets) {
            entry.setValue(trapped.value("new"));
          } else {
            entry.remove();
          }
          trapped.trap.spring(Part.PROCESSOR);
          return null;
        });
  }

  private static void loadAll(Trapped trapped, Set<Key> keys) {
    List<Throwable> told = new ArrayList<>();
    trapped.cache.loadAll(
        keys,
        false,
        new CompletionListener() {
          @Override
          public void onCompletion() {}

          @Override
          public void onException(Exception e) {
            told.add(e);
          }
        });
    if (!told.isEmpty()) {
      DataSafetyTest.<RuntimeException>throwUnseen(told.get(0));
    }
  }

  private static Stream<Arguments> partsAndFailures() {
    List<Supplier<Throwable>> failures =
        List.of(
            () -> new ArithmeticException("an exception"),
            () -> new IOException("a checked exception, unseen by the compiler"),
            () -> new AssertionError("an error"),
            () -> new StackOverflowError("made up"),
            () -> new OutOfMemoryError("made up"));
    return EnumSet.allOf(Part.class).stream()
        .flatMap(
            part ->
                failures.stream()
                    .map(each -> Arguments.of(part, each.get().getClass().getSimpleName(), each)));
  }

  @ParameterizedTest(name = "{0} throws {1}")
  @MethodSource("partsAndFailures")
  void operation_aPartThrows_leavesTheEntryAsItWas(
      Part part, String kind, Supplier<Throwable> failures) throws Exception {
    Set<String> failed = ConcurrentHashMap.newKeySet();
    boolean sprung = false;
    for (Map.Entry<String, Consumer<Trapped>> operation : operations().entrySet()) {
      Trapped trapped = new Trapped();
      caches.advance(MINUTE);
      Key one = trapped.key(1);
      Throwable thrown = failures.get();
      trapped.trap.set(part, thrown);

      Throwable failure = catchThrowable(() -> operation.getValue().accept(trapped));

      trapped.trap.remove();
      sprung |= trapped.trap.sprung;
      if (failure != null) {
        failed.add(operation.getKey());
        assertThat(failure)
            .as(operation.getKey())
            .satisfiesAnyOf(
                e -> assertThat(e).isSameAs(thrown),
                e -> assertThat(e).hasRootCause(thrown),
                e -> assertThat(e).isInstanceOf(CacheException.class));
        assertAsBefore(trapped, operation.getKey());
      }
      Task.run(
              () -> { // in another thread: no lock was left behind
                trapped.cache.put(one, trapped.value("usable"));
                trapped.cache.put(trapped.key(2), trapped.value("usable"));
                trapped.cache.remove(trapped.key(3));
                assertThat(trapped.cache.get(trapped.key(100)).text).isEqualTo("loaded");
              })
          .result();
      assertThat(trapped.cache.get(one).text).isEqualTo("usable");
      trapped.cache.audit();
      trapped.cache.close();
    }
    assertThat(sprung).as("some operation asks this part").isTrue();
    if (part != Part.POLICY || failures.get() instanceof Error) {
      assertThat(failed).isNotEmpty();
    } else {
      assertThat(failed).as("there is a default for each answer of a policy").isEmpty();
    }
  }

  private void assertAsBefore(Trapped trapped, String operation) {
    TheineCache<Key, Value> cache = trapped.cache;
    assertThat(cache.size()).as(operation).isEqualTo(2);
    assertThat(cache.weight()).as(operation).isEqualTo(2);
    assertThat(cache.get(trapped.key(1)).text).as(operation).isEqualTo("old");
    assertThat(trapped.store.map.get(1).text).as("store after %s", operation).isEqualTo("old");
    assertThat(trapped.store.map).as("store after %s", operation).containsOnlyKeys(1, 3);
    caches.advance(java.time.Duration.ofMinutes(9).minusNanos(1));
    assertThat(cache.containsKey(trapped.key(1))).as("deadline after %s", operation).isTrue();
    caches.advance(java.time.Duration.ofNanos(1));
    assertThat(cache.containsKey(trapped.key(1))).as("deadline after %s", operation).isFalse();
  }

  @Test
  void filterThatThrows_leavesTheMutationAndTheOtherListeners() {
    for (Throwable thrown :
        List.of(new ArithmeticException("an exception"), new AssertionError("an error"))) {
      RecordingListener<Integer, String> heard = new RecordingListener<>();
      CacheEntryCreatedListener<Integer, String> filtered = events -> {};
      TheineCache<Integer, String> cache =
          caches.create(
              caches
                  .<Integer, String>configuration()
                  .addCacheEntryListenerConfiguration(
                      Caches.listening(
                          filtered,
                          event -> {
                            DataSafetyTest.<RuntimeException>throwUnseen(thrown);
                            return true;
                          },
                          false,
                          true))
                  .addCacheEntryListenerConfiguration(Caches.synchronous(heard)));

      assertThatThrownBy(() -> cache.put(1, "a"))
          .isInstanceOf(CacheEntryListenerException.class)
          .hasRootCause(thrown);

      assertThat(cache.get(1)).isEqualTo("a");
      assertThat(heard.take()).containsExactly("CREATED 1=a");
    }
  }

  // ---------------------------------------------------------------------------------- 14:
  // iteration

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

  // --------------------------------------------------------------------------------- 15: loadAll

  /** Counts its calls, and fails afterwards if told to. */
  private static final class Completion implements CompletionListener {
    final AtomicInteger completions = new AtomicInteger();
    final List<Exception> exceptions = new ArrayList<>();
    private final boolean failing;

    Completion(boolean failing) {
      this.failing = failing;
    }

    @Override
    public void onCompletion() {
      completions.incrementAndGet();
      fail();
    }

    @Override
    public void onException(Exception e) {
      exceptions.add(e);
      fail();
    }

    private void fail() {
      if (failing) {
        throw new ArithmeticException("the listener fails");
      }
    }
  }

  private static final Executor CALLER = Runnable::run;

  private static Stream<Arguments> loads() {
    Executor full =
        task -> {
          throw new RejectedExecutionException("full");
        };
    Executor broken =
        task -> {
          throw new InternalError("made up: no more threads");
        };
    return Stream.of(
        Arguments.of("good", CALLER, null, null),
        Arguments.of("exception", CALLER, new ArithmeticException("down"), null),
        Arguments.of("checked", CALLER, new IOException("down"), null),
        Arguments.of("error", CALLER, new AssertionError("broken"), null),
        Arguments.of("rejected", full, null, RejectedExecutionException.class),
        Arguments.of("out of threads", broken, null, InternalError.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("loads")
  void loadAll_howeverItEnds_tellsOneEnd(
      String name,
      Executor executor,
      @Nullable Throwable loaderFailure,
      @Nullable Class<? extends Throwable> executorFailure) {
    TheineCache<Integer, String> cache =
        caches.create(behind.behind(caches.configuration()).setExecutorFactory(() -> executor));
    behind.map.put(1, "loaded");
    behind.onLoad =
        key -> {
          if (loaderFailure != null) {
            DataSafetyTest.<RuntimeException>throwUnseen(loaderFailure);
          }
        };
    for (boolean replace : new boolean[] {false, true}) {
      for (boolean failing : new boolean[] {false, true}) {
        Completion completion = new Completion(failing);

        cache.loadAll(Set.of(1, 2), replace, completion);

        if (loaderFailure == null && executorFailure == null) {
          assertThat(completion.completions).hasValue(1);
          assertThat(completion.exceptions).isEmpty();
          assertThat(cache.get(1)).isEqualTo("loaded");
        } else {
          assertThat(completion.completions).hasValue(0);
          assertThat(completion.exceptions).hasSize(1);
          Exception told = completion.exceptions.get(0);
          assertThat(told).isInstanceOf(CacheException.class).hasMessageContaining(cache.getName());
          if (loaderFailure != null) {
            assertThat(told).hasRootCause(loaderFailure);
          } else {
            assertThat(told).hasRootCauseInstanceOf(executorFailure);
          }
          assertThat(cache.size()).isZero();
        }
      }
    }
    cache.loadAll(Set.of(1, 2), true, null); // nobody listens: nothing is thrown either
  }

  @Test
  void loadAll_withoutALoader_completes() {
    TheineCache<Integer, String> cache = caches.create(caches.configuration());
    Completion completion = new Completion(false);

    cache.loadAll(Set.of(1), true, completion);

    assertThat(completion.completions).hasValue(1);
    assertThat(completion.exceptions).isEmpty();
  }

  @Test
  void loadAll_cacheIsClosedBeforeItsTaskRuns_tellsOnException() {
    List<Runnable> tasks = new ArrayList<>();
    TheineCache<Integer, String> cache =
        caches.create(behind.behind(caches.configuration()).setExecutorFactory(() -> tasks::add));
    Completion completion = new Completion(false);
    cache.loadAll(Set.of(1), true, completion);
    cache.close();

    tasks.forEach(Runnable::run);

    assertThat(completion.completions).hasValue(0);
    assertThat(completion.exceptions).hasSize(1);
    assertThat(completion.exceptions.get(0)).isInstanceOf(IllegalStateException.class);
    assertThat(behind.calls).isEmpty();
  }

  @Test
  void loader_inventsKeys_theyAreIgnored() {
    CacheLoader<Integer, String> inventor =
        new CacheLoader<>() {
          @Override
          public String load(Integer key) {
            return "loaded";
          }

          @Override
          public Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
            Map<Integer, String> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, "loaded"));
            loaded.put(99, "invented");
            loaded.put(null, "invented");
            return loaded;
          }
        };
    TheineCache<Integer, String> cache =
        caches.create(
            caches
                .<Integer, String>configuration()
                .setReadThrough(true)
                .setExecutorFactory(() -> CALLER)
                .setCacheLoaderFactory(() -> inventor));
    Completion completion = new Completion(false);

    cache.loadAll(Set.of(1), true, completion);

    assertThat(completion.completions).hasValue(1);
    assertThat(cache.getAll(Set.of(2))).isEqualTo(Map.of(2, "loaded"));
    assertThat(cache.containsKey(99)).isFalse();
    assertThat(cache.size()).isEqualTo(2);
  }
}
