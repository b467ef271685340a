package org.theine.jcache.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;

/** The rows of the table can be run and be judged. */
final class RowTest {
  static Iterable<Row> rows() {
    return Stream.concat(Row.all().stream(), Row.bySize().stream()).toList();
  }

  @Test
  void all_titles_areUnique() {
    assertThat(rows()).extracting(Row::title).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void benchmark_eachRow_isThere(Row row) {
    assertThat(benchmarks(row)).contains(row.method());
    if (row.method().equals("getAll")) {
      assertThat(benchmarks(row)).contains("loop"); // what floors run instead
    }
  }

  private static Set<String> benchmarks(Row row) {
    return Arrays.stream(row.benchmark().getMethods())
        .filter(method -> method.isAnnotationPresent(Benchmark.class))
        .map(Method::getName)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void contestants_eachRow_areOursAFloorAndRivals(Row row) {
    assertThat(row.contestants())
        .contains(Contestant.THEINE, Contestant.CAFFEINE_JCACHE, row.floor());
    assertThat(row.floor().isProvider()).isEqualTo(row.floor() == Contestant.THEINE);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void contestants_rowThatNeedsJCacheOrABound_areThoseThatHaveIt(Row row) {
    boolean jcacheOnly =
        row.benchmark() == InvokeBenchmark.class || row.benchmark() == LifeBenchmark.class;
    if (jcacheOnly) {
      assertThat(row.contestants()).allMatch(Contestant::isProvider);
    }
    if (row.setting().evicts()) {
      assertThat(row.contestants()).doesNotContain(Contestant.MAP, Contestant.REFERENCE);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void goal_eachRow_asksForSomething(Row row) {
    assertThat(row.goal().best()).isGreaterThanOrEqualTo(1);
    assertThat(row.goal().caffeine()).isGreaterThanOrEqualTo(1);
    assertThat(row.goal().bytes()).isGreaterThanOrEqualTo(0);
    if (row.floor() == Contestant.THEINE) {
      assertThat(row.goal().floor()).isZero();
    }
  }
}
