package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MiniaturesTest {
  private static final Advice SMALL = new Advice(0.01, false);
  private static final Advice LARGE = new Advice(0.95, false);
  private static final Advice READMITTING = new Advice(0.1, true);

  /** They are what the policy is, each by itself. */
  @Test
  void request_anyHashes_hitsAsPoliciesOfTheirOwn() {
    long[] trace = References.zipf(0.9, 2_000, 60_000, 3);
    Advice[] settings = {SMALL, LARGE, READMITTING};
    Miniatures miniatures = new Miniatures(settings, 7);
    miniatures.capacity(100);
    for (long key : trace) {
      miniatures.request(PolicyCache.hash(key));
    }
    miniatures.audit();
    int[] hits = miniatures.takeHits();
    for (int i = 0; i < settings.length; i++) {
      PolicyCache alone = new PolicyCache(100, 7 + i, settings[i]);
      assertThat(100.0 * hits[i] / trace.length).isEqualTo(alone.hitRatio(trace));
    }
    assertThat(hits).doesNotHaveDuplicates();
    assertThat(miniatures.takeHits()).containsOnly(0);
  }

  @Test
  void capacity_changed_holdsAtOnce() {
    Miniatures miniatures = new Miniatures(new Advice[] {SMALL, LARGE, READMITTING}, 1);
    SplittableRandom random = new SplittableRandom(1);
    for (int capacity : new int[] {200, 10, 1_000, 1, 50}) {
      miniatures.capacity(capacity);
      miniatures.audit();
      random.longs(3_000, 0, 2_000).forEach(key -> miniatures.request(PolicyCache.hash(key)));
      miniatures.audit();
    }
  }

  @Test
  void clear_used_forgetsAll() {
    Miniatures miniatures = new Miniatures(new Advice[] {SMALL, READMITTING}, 1);
    miniatures.capacity(100);
    for (int round = 0; round < 2; round++) {
      for (int key = 0; key < 50; key++) {
        miniatures.request(PolicyCache.hash(key));
      }
      assertThat(miniatures.takeHits()).containsOnly(0);
      miniatures.clear();
      miniatures.audit();
    }
  }
}
