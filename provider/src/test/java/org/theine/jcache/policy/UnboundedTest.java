package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class UnboundedTest {

  private final Unbounded policy = new Unbounded();

  @Test
  void victim_filled_isNone() {
    policy.insert(0, 1);
    policy.insert(1, 5);
    policy.hit(1, 0);
    policy.busy(1);
    policy.reweigh(1, 7);
    policy.capacity(1);
    assertThat(policy.victim()).isEqualTo(EvictionPolicy.NONE);
  }

  @Test
  void weight_filled_countsSlots() {
    policy.insert(0, 1);
    policy.insert(1, 5);
    assertThat(policy.weight()).isEqualTo(2);
    assertThat(policy.weight(1)).isEqualTo(1);
    policy.remove(0);
    assertThat(policy.weight()).isEqualTo(1);
    policy.clear();
    assertThat(policy.weight()).isZero();
    policy.audit(slot -> false);
  }

  @Test
  void audit_removedTooOften_throws() {
    policy.remove(0);
    assertThatThrownBy(() -> policy.audit(slot -> false)).hasMessageContaining("-1");
  }
}
