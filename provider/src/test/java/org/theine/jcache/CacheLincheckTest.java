package org.theine.jcache;

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

  /** Used under the shard lock, and long: the scheduler leaves them alone. */
  private static final String[] GUARDED = {
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
        Listened.class
      })
  void operations_stressed_linearizable(Class<?> operations) {
    stress(5, 1_000).sequentialSpecification(CacheModel.class).check(operations);
  }

  @ParameterizedTest
  @ValueSource(classes = {Evicting.class, EvictingWithAll.class})
  void operations_stressedBeyondTheBound_linearizableButForEvictions(Class<?> operations) {
    evicting(stress(5, 1_000)).check(operations);
  }

  @ParameterizedTest
  @ValueSource(classes = {Unbounded.class, Growing.class, AccessExpiry.class})
  void operations_modelChecked_linearizable(Class<?> operations) {
    modelChecking(3, 50).sequentialSpecification(CacheModel.class).check(operations);
  }

  /** Fewer runs, since the way of an event is long. */
  @Test
  void operations_modelCheckedWithListener_linearizable() {
    modelChecking(2, 25).sequentialSpecification(CacheModel.class).check(Listened.class);
  }

  @Test
  void operations_modelCheckedBeyondTheBound_linearizableButForEvictions() {
    evicting(modelChecking(3, 50)).check(Evicting.class);
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(
      classes = {
        Unbounded.class,
        JustBounded.class,
        Growing.class,
        AccessExpiry.class,
        Listened.class
      })
  void operations_long_linearizable(Class<?> operations) {
    stress(50, 5_000).sequentialSpecification(CacheModel.class).check(operations);
    modelChecking(10, 300).sequentialSpecification(CacheModel.class).check(operations);
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(classes = {Evicting.class, EvictingWithAll.class})
  void operations_longBeyondTheBound_linearizableButForEvictions(Class<?> operations) {
    evicting(stress(50, 5_000)).check(operations);
    evicting(modelChecking(10, 300)).check(operations);
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

  private static <O extends Options<O, ?>> O evicting(O options) {
    return options.sequentialSpecification(CacheModel.class).verifier(EvictionVerifier.class);
  }
}
