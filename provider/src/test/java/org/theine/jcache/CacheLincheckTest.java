package org.theine.jcache;

import java.util.HashMap;
import java.util.Map;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Operations on one key are linearizable: whatever operations of several threads answered can be
 * explained by some order of them, one after the other, that keeps the order in which they began
 * and ended. Lincheck invents the scenarios. <i>Stress</i> runs each of them many times on real
 * threads; <i>model checking</i> runs them under a scheduler that switches threads at every access
 * to shared memory, so that it finds what needs an unlikely switch and can repeat it, though only
 * what sequential consistency allows.
 *
 * <p>After each run the structures of the cache are audited.
 */
@Tag("lincheck")
class CacheLincheckTest {
  private static final String SEED = "theine.jcache.hash-seed";

  /** Long, and used under the shard lock or by one thread: the scheduler leaves them alone. */
  private static final String[] GUARDED = {
    "org.theine.jcache.event.StackReserve",
    "org.theine.jcache.policy.WindowTinyLfu",
    "org.theine.jcache.policy.Unbounded",
    "org.theine.jcache.timer.TimerWheel",
    "org.theine.jcache.store.ShardAudit"
  };

  /** Nothing leaves unasked. */
  public static class Unbounded extends CacheOperations {
    public Unbounded() {
      super(byReference());
    }
  }

  /** With room for all the keys of the scenario and no more: nothing may be evicted. */
  public static class JustBounded extends CacheOperations {
    public JustBounded() {
      super(byReference().setMaximumSize(2));
    }
  }

  /** The next key makes the table grow. */
  public static class Growing extends CacheOperations {
    public Growing() {
      super(byReference());
      for (int other = 100; other < 107; other++) {
        cache.put(other, 1);
      }
    }
  }

  /** Every look moves the deadline. */
  public static class AccessExpiry extends CacheOperations {
    public AccessExpiry() {
      super(withAccessExpiry());
    }
  }

  /** With a synchronous listener, which hears the story of each key without a gap. */
  public static class Listened extends ListenedOperations {
    public Listened() {
      super(byReference());
    }
  }

  /** Three keys and room for two: see {@link EvictionVerifier}. */
  @Param(name = "key", gen = IntGen.class, conf = "1:3")
  public static class Evicting extends CacheOperations {
    public Evicting() {
      super(byReference().setMaximumSize(EvictionVerifier.MAXIMUM));
    }

    @Override
    public void audit() {
      super.audit();
      if (size() > EvictionVerifier.MAXIMUM) {
        throw new IllegalStateException("entries beyond the bound: " + size());
      }
    }
  }

  /** Three keys, room for two, every look moves the deadline, and a listener. */
  @Param(name = "key", gen = IntGen.class, conf = "1:3")
  public static class EvictingWithAll extends ListenedOperations {
    public EvictingWithAll() {
      super(withAccessExpiry().setMaximumSize(EvictionVerifier.MAXIMUM));
    }
  }

  /** What is put, and what is given, is a copy. */
  public static class ByValue extends CacheOperations {
    public ByValue() {
      super(byReference().setStoreByValue(true));
    }
  }

  /** A miss loads. */
  public static class ReadThrough extends CacheOperations {
    public ReadThrough() {
      super(
          byReference()
              .setReadThrough(true)
              .setCacheLoaderFactory(() -> new RecordingLoader<>(CacheModel.Loading::loaded)));
    }
  }

  /** At rest the writer was told of what is there, and of nothing else. */
  public static class WriteThrough extends CacheOperations {
    private final BackingStore<Integer, Object> written;

    public WriteThrough() {
      this(new BackingStore<>());
    }

    private WriteThrough(BackingStore<Integer, Object> written) {
      super(byReference().setWriteThrough(true).setCacheWriterFactory(() -> written));
      this.written = written;
    }

    @Override
    public void audit() {
      super.audit();
      Map<Integer, Object> entries = new HashMap<>();
      cache.forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
      if (!entries.equals(written.map)) {
        throw new IllegalStateException("written: " + written.map + ", there: " + entries);
      }
    }
  }

  /** With an asynchronous listener, which hears the story of each key without a gap. */
  public static class ListenedLater extends ListenedOperations {
    public ListenedLater() {
      super(byReference().setExecutorFactory(() -> Runnable::run), false);
    }
  }

  /** The deadlines are those of new values. */
  public static class CreatedExpiry extends SweptOperations {
    public CreatedExpiry() {
      super(new CreatedExpiryPolicy(Duration.ONE_HOUR));
    }
  }

  /** Changes move the deadline. */
  public static class ModifiedExpiry extends SweptOperations {
    public ModifiedExpiry() {
      super(new ModifiedExpiryPolicy(Duration.ONE_HOUR));
    }
  }

  /** Looks and changes move the deadline, so that the sweep comes too early. */
  public static class TouchedExpiry extends SweptOperations {
    public TouchedExpiry() {
      super(new TouchedExpiryPolicy(Duration.ONE_HOUR));
    }
  }

  /** Room for one. */
  public static class ToOne extends CacheOperations {
    public ToOne() {
      super(byReference().setMaximumSize(1));
    }
  }

  /** Keys of the weights one, two and three, and room for three. */
  @Param(name = "key", gen = IntGen.class, conf = "1:3")
  public static class ByWeight extends CacheOperations {
    public ByWeight() {
      super(
          byReference()
              .setMaximumWeight(
                  EvictionVerifier.ByWeight.MAXIMUM_WEIGHT, () -> (key, value) -> key));
    }
  }

  @BeforeAll
  static void fixSeed() {
    System.setProperty(SEED, "1");
  }

  @AfterAll
  static void freeSeed() {
    System.clearProperty(SEED);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Unbounded.class,
        JustBounded.class,
        Growing.class,
        AccessExpiry.class,
        Listened.class,
        ListenedLater.class,
        ByValue.class,
        WriteThrough.class,
        CreatedExpiry.class,
        ModifiedExpiry.class,
        TouchedExpiry.class
      })
  void operations_stressed_linearizable(Class<?> operations) {
    plain(stress(4, 800)).check(operations);
  }

  @Test
  void operations_stressedWithLoader_linearizable() {
    loading(stress(4, 800)).check(ReadThrough.class);
  }

  @ParameterizedTest
  @ValueSource(classes = {Evicting.class, EvictingWithAll.class})
  void operations_stressedBeyondTheBound_linearizableButForEvictions(Class<?> operations) {
    evicting(stress(4, 800)).check(operations);
  }

  @Test
  void operations_stressedBeyondOne_linearizableButForEvictions() {
    evictingToOne(stress(4, 800)).check(ToOne.class);
  }

  @Test
  void operations_stressedBeyondTheWeight_linearizableButForEvictions() {
    evictingByWeight(stress(4, 800)).check(ByWeight.class);
  }

  @ParameterizedTest
  @ValueSource(classes = {Unbounded.class, Growing.class, AccessExpiry.class, TouchedExpiry.class})
  void operations_modelChecked_linearizable(Class<?> operations) {
    plain(modelChecking(2, 25)).check(operations);
  }

  /** Fewer runs, since the way of an event, of a load or to the writer is long. */
  @ParameterizedTest
  @ValueSource(classes = {Listened.class, WriteThrough.class})
  void operations_modelCheckedWithPlugIns_linearizable(Class<?> operations) {
    plain(modelChecking(1, 15)).check(operations);
  }

  @Test
  void operations_modelCheckedWithLoader_linearizable() {
    loading(modelChecking(1, 15)).check(ReadThrough.class);
  }

  @Test
  void operations_modelCheckedBeyondTheBound_linearizableButForEvictions() {
    evicting(modelChecking(2, 20)).check(Evicting.class);
    evictingToOne(modelChecking(2, 20)).check(ToOne.class);
    evictingByWeight(modelChecking(2, 20)).check(ByWeight.class);
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(
      classes = {
        Unbounded.class,
        JustBounded.class,
        Growing.class,
        AccessExpiry.class,
        Listened.class,
        ListenedLater.class,
        WriteThrough.class,
        CreatedExpiry.class,
        ModifiedExpiry.class,
        TouchedExpiry.class
      })
  void operations_long_linearizable(Class<?> operations) {
    plain(stress(50, 5_000)).check(operations);
    plain(modelChecking(10, 300)).check(operations);
  }

  /** Serialisation is too long a way for the scheduler. */
  @Tag("full")
  @Test
  void operations_longByValue_linearizable() {
    plain(stress(50, 5_000)).check(ByValue.class);
  }

  @Tag("full")
  @Test
  void operations_longWithLoader_linearizable() {
    loading(stress(50, 5_000)).check(ReadThrough.class);
    loading(modelChecking(10, 300)).check(ReadThrough.class);
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(classes = {Evicting.class, EvictingWithAll.class})
  void operations_longBeyondTheBound_linearizableButForEvictions(Class<?> operations) {
    evicting(stress(50, 5_000)).check(operations);
    evicting(modelChecking(10, 300)).check(operations);
  }

  @Tag("full")
  @Test
  void operations_longBeyondOtherBounds_linearizableButForEvictions() {
    evictingToOne(stress(50, 5_000)).check(ToOne.class);
    evictingToOne(modelChecking(10, 300)).check(ToOne.class);
    evictingByWeight(stress(50, 5_000)).check(ByWeight.class);
    evictingByWeight(modelChecking(10, 300)).check(ByWeight.class);
  }

  private static StressOptions stress(int scenarios, int runs) {
    return shaped(new StressOptions(), scenarios, runs).threads(3).actorsPerThread(3);
  }

  private static ModelCheckingOptions modelChecking(int scenarios, int runs) {
    return shaped(new ModelCheckingOptions(), scenarios, runs)
        .threads(2)
        .actorsPerThread(2)
        .loopBound(1_000)
        .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(GUARDED).allMethods().ignore())
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses(CacheOperations.class.getName())
                .methods("create")
                .ignore());
  }

  private static <O extends Options<O, ?>> O shaped(O options, int scenarios, int runs) {
    return options
        .logLevel(LoggingLevel.ERROR)
        .iterations(scenarios)
        .invocationsPerIteration(runs)
        .actorsBefore(2)
        .actorsAfter(3);
  }

  private static <O extends Options<O, ?>> O plain(O options) {
    return options.sequentialSpecification(CacheModel.class);
  }

  private static <O extends Options<O, ?>> O loading(O options) {
    return options.sequentialSpecification(CacheModel.Loading.class);
  }

  private static <O extends Options<O, ?>> O evicting(O options) {
    return plain(options).verifier(EvictionVerifier.class);
  }

  private static <O extends Options<O, ?>> O evictingToOne(O options) {
    return plain(options).verifier(EvictionVerifier.ToOne.class);
  }

  private static <O extends Options<O, ?>> O evictingByWeight(O options) {
    return plain(options).verifier(EvictionVerifier.ByWeight.class);
  }
}
