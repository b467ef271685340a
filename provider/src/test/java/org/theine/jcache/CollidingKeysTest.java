package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that all have one hash code are kept apart, at a bounded cost, and slow no others. */
final class CollidingKeysTest {
  private static final int THREADS = 4;

  @RegisterExtension final Caches caches = new Caches();

  private static final int COLLIDING = 20_000;

  /** A rough count while several threads compare, else an exact one. */
  private static long comparisons;

  /** Has the same hash code as all others of its class, and no order. */
  private static class Plain {
    final int number;

    Plain(int number) {
      this.number = number;
    }

    @Override
    public final boolean equals(Object object) {
      comparisons++;
      return object instanceof Plain other && number == other.number;
    }

    @Override
    public final int hashCode() {
      return 42;
    }
  }

  private static final class Ordered extends Plain implements Comparable<Ordered> {
    Ordered(int number) {
      super(number);
    }

    @Override
    public int compareTo(Ordered other) {
      comparisons++;
      return Integer.compare(number, other.number);
    }
  }

  private static Stream<Arguments> collidingKeys() {
    // What an operation may cost: a search or two in a tree, or some walks of the chain.
    IntFunction<Object> plain = Plain::new;
    IntFunction<Object> ordered = Ordered::new;
    return Stream.of(
        Arguments.of("plain", plain, 4L * COLLIDING), Arguments.of("ordered", ordered, 200L));
  }

  private TheineCache<Object, Integer> byReference(long maximum) {
    return caches.create(
        caches.<Object, Integer>configuration().setStoreByValue(false).setMaximumSize(maximum));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("collidingKeys")
  void keysOfOneHashCode_removed_leaveTheOthersAtABoundedCost(
      String name, IntFunction<Object> keys, long cost) {
    TheineCache<Object, Integer> cache = byReference(10L * COLLIDING);
    for (int i = 0; i < 1000; i++) {
      cache.put("neighbour " + i, i);
    }
    comparisons = 0;
    for (int i = 0; i < COLLIDING; i++) {
      cache.put(keys.apply(i), i);
    }
    assertThat(comparisons).as("comparisons to put").isLessThan(cost * COLLIDING);
    assertThat(cache.size()).isEqualTo(COLLIDING + 1000);

    comparisons = 0;
    for (int i = 0; i < COLLIDING; i += 200) {
      assertThat(cache.remove(keys.apply(i))).isTrue();
      assertThat(cache.containsKey(keys.apply(i))).isFalse();
      assertThat(cache.get(keys.apply(i + 1))).isEqualTo(i + 1);
      assertThat(cache.get(keys.apply(i + 199))).isEqualTo(i + 199);
    }
    assertThat(comparisons)
        .as("comparisons of four operations each")
        .isLessThan(4 * cost * (COLLIDING / 200));
    assertThat(cache.size()).isEqualTo(COLLIDING - COLLIDING / 200 + 1000);

    comparisons = 0;
    for (int i = 0; i < 1000; i++) {
      assertThat(cache.get("neighbour " + i)).isEqualTo(i);
      cache.put("neighbour " + i, i);
    }
    assertThat(comparisons).as("neighbours are not slowed").isZero();
    cache.close(); // the other tests audit; here that would search each chain once more
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("collidingKeys")
  void keysOfOneHashCode_moreThanTheMaximum_areEvicted(
      String name, IntFunction<Object> keys, long cost) {
    TheineCache<Object, Integer> cache = byReference(1000);
    for (int i = 0; i < COLLIDING; i++) {
      cache.put(keys.apply(i), i);
      if (cache.size() > 1000) {
        throw new AssertionError("beyond the maximum after " + i + ": " + cache.size());
      }
    }
    assertThat(cache.size()).isEqualTo(1000);
    int[] found = {0};
    for (int i = 0; i < COLLIDING; i += 10) {
      Integer value = cache.get(keys.apply(i));
      if (value != null) {
        assertThat(value).isEqualTo(i);
        found[0]++;
      }
    }
    assertThat(found[0]).isPositive().isLessThanOrEqualTo(1000);
    cache.removeAll();
    assertThat(cache.size()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("collidingKeys")
  void keysOfOneHashCode_changedByManyThreads_stayApart(
      String name, IntFunction<Object> keys, long cost) throws Exception {
    TheineCache<Object, Integer> cache = byReference(10_000);
    int each = 100;
    List<Task<Void>> tasks = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int first = thread * each;
      tasks.add(
          Task.run(
              () -> {
                for (int round = 0; round < 20; round++) {
                  for (int i = first; i < first + each; i++) {
                    cache.put(keys.apply(i), i);
                  }
                  for (int i = first; i < first + each; i++) {
                    assertThat(cache.get(keys.apply(i))).isEqualTo(i);
                    if (i % 2 == 0) {
                      assertThat(cache.getAndRemove(keys.apply(i))).isEqualTo(i);
                    }
                  }
                }
              }));
    }
    for (Task<Void> task : tasks) {
      task.result();
    }
    assertThat(cache.size()).isEqualTo(THREADS * each / 2);
    for (int i = 0; i < THREADS * each; i++) {
      assertThat(cache.containsKey(keys.apply(i))).isEqualTo(i % 2 == 1);
    }
  }

  /** Keys of a class with an order, asked for by one that is equal but has none. */
  @Test
  void put_equalKeyOfAnotherClass_isTheSameKey() {
    TheineCache<Object, Integer> cache = byReference(1000);
    int keys = 12;
    for (int i = 0; i < keys; i++) {
      cache.put(new Ordered(i), i);
    }
    for (int i = 0; i < keys; i++) {
      assertThat(cache.get(new Plain(i))).isEqualTo(i);
      cache.put(new Plain(i), 100 + i);
      assertThat(cache.get(new Ordered(i))).isEqualTo(100 + i);
    }
    assertThat(cache.size()).isEqualTo(keys);
  }

  /** Can be compared most of the time. */
  private static final class Fickle extends Plain implements Comparable<Fickle> {
    static final AtomicInteger CALLS = new AtomicInteger();
    static volatile @Nullable Throwable failure;

    Fickle(int number) {
      super(number);
    }

    @Override
    public int compareTo(Fickle other) {
      Throwable thrown = failure;
      if (thrown != null && CALLS.incrementAndGet() % 7 == 0) {
        Throwing.unseen(thrown);
      }
      return Integer.compare(number, other.number);
    }
  }

  private static Stream<Throwable> failures() {
    return Stream.of(
        new ArithmeticException("no order"),
        new IOException("a checked one, unseen by the compiler"),
        new AssertionError("an error"),
        new StackOverflowError("made up"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void keysOfOneHashCode_comparisonFailingNowAndThen_isDoneWithout(Throwable thrown) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    TheineCache<Object, Integer> cache = byReference(1000);
    Map<Integer, Integer> model = new HashMap<>();
    Fickle.failure = thrown;
    try {
      for (int i = 0; i < 5000; i++) {
        int key = random.nextInt(i < 2500 ? 40 : 12);
        if (random.nextInt(3) == 0) {
          assertThat(cache.getAndRemove(new Fickle(key)))
              .as("seed %d, step %d", seed, i)
              .isEqualTo(model.remove(key));
        } else {
          assertThat(cache.getAndPut(new Fickle(key), i))
              .as("seed %d, step %d", seed, i)
              .isEqualTo(model.put(key, i));
        }
        assertThat(cache.size()).as("seed %d, step %d", seed, i).isEqualTo(model.size());
      }
      cache.audit();
      cache.clear();
      assertThat(cache.size()).as("seed %d", seed).isZero();
      cache.audit();
    } finally {
      Fickle.failure = null;
    }
  }
}
