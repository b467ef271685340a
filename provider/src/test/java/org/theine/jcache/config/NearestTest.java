package org.theine.jcache.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {

  @ParameterizedTest
  @CsvSource({
    "maxmum, maximum",
    "maximumm, maximum",
    "mxaimum, maximum",
    "tll, ttl",
    "statistic, statistics",
    "eviction-event, eviction-events",
    "store-by-reference, store-by-value"
  })
  void of_aMistypedSetting_isTheOneMeant(String typed, String meant) {
    assertThat(Nearest.of(typed, Setting.keys())).isEqualTo(meant);
  }

  @Test
  void distance_ofSwappedNeighbours_isOne() {
    assertThat(Nearest.distance("ttl", "tlt")).isEqualTo(1);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("abc", "")).isEqualTo(3);
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("same", "same")).isZero();
  }

  @Test
  void of_nothingKnown_isNull() {
    assertThat(Nearest.of("a", List.of())).isNull();
    assertThat(Nearest.of("x", List.of("b", "a"))).as("of equals the first").isEqualTo("a");
  }
}
