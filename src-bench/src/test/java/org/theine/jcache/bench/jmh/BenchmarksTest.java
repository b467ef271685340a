package org.theine.jcache.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The benchmarks do what they say, for every subject; nothing is timed. */
final class BenchmarksTest {
  private static final int KEYS = 1000;

  @ParameterizedTest
  @EnumSource
  void get_hitAndMiss_findsAndFindsNot(Subject subject) {
    GetBenchmark benchmark = new GetBenchmark();
    benchmark.subject = subject;
    benchmark.keys = KEYS;
    benchmark.fill();
    Position position = new Position();

    for (int i = 0; i < KEYS; i++) {
      assertThat(benchmark.hit(position)).isInstanceOf(Integer.class);
      assertThat(benchmark.miss(position)).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void change_anyKey_isThereBeforeAndAfter(Subject subject) {
    ChangeBenchmark benchmark = new ChangeBenchmark();
    benchmark.subject = subject;
    benchmark.keys = KEYS;
    benchmark.fill();
    Position position = new Position();

    for (int i = 0; i < KEYS; i++) {
      assertThat(benchmark.removeAndPut(position)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CACHE_BOUNDED")
  void collision_bothKinds_areFound(Subject subject) {
    CollisionBenchmark benchmark = new CollisionBenchmark();
    benchmark.subject = subject;
    benchmark.colliding = KEYS;
    benchmark.fill();
    Position position = new Position();

    for (int i = 0; i < KEYS; i++) {
      assertThat(benchmark.collidingHit(position)).isNotNull();
      assertThat(benchmark.neighbourHit(position)).isNotNull();
    }
  }

  @Test
  void position_overAnIteration_countsRequests() {
    Mapping mapping = Keys.filled(Subject.MAP, KEYS);
    Integer[] requests = Keys.zipf(KEYS);
    Position position = new Position();
    position.start();
    for (int i = 0; i < KEYS; i++) {
      assertThat(mapping.get(requests[position.next()])).isNotNull();
    }
    position.end();

    assertThat(position.operations).isEqualTo(KEYS);
    assertThat(position.cpuNanos).isNotNegative();
  }
}
