package org.theine.jcache.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What a run's virtual machine is told. */
final class TrialTest {

  @Test
  void jvmArguments_shards_areToldToOurs() {
    assertThat(Trial.jvmArguments(0)).doesNotContain("shards");
    assertThat(Trial.jvmArguments(8)).endsWith(" -D" + Trial.SHARDS + "=8");
  }

  /** It is the name that the provider reads: a number that cannot be is refused by that name. */
  @Test
  void shards_numberThatCannotBe_isRefusedByTheProvider() {
    System.setProperty(Trial.SHARDS, "3");
    try {
      assertThatThrownBy(() -> Contestant.THEINE.open(Setting.ROOMY, 10))
          .hasMessageContaining(Trial.SHARDS);
    } finally {
      System.clearProperty(Trial.SHARDS);
    }
  }
}
