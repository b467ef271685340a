package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  @Test
  void remove_remembered_onceOnly() {
    Refusals refusals = new Refusals(100);
    refusals.add(1);
    refusals.add(2);
    assertThat(refusals.remove(1)).isTrue();
    assertThat(refusals.remove(1)).isFalse();
    assertThat(refusals.remove(2)).isTrue();
    assertThat(refusals.remove(3)).isFalse();
  }

  @Test
  void add_moreThanTheCapacity_forgetsTheOldest() {
    Refusals refusals = new Refusals(8);
    for (int hash = 0; hash < 20; hash++) {
      refusals.add(hash);
    }
    for (int hash = 0; hash < 20; hash++) {
      assertThat(refusals.remove(hash)).as("hash %d", hash).isEqualTo(hash >= 12);
    }
  }

  @Test
  void remove_inTheMiddle_makesRoomForAnother() {
    Refusals refusals = new Refusals(8);
    for (int hash = 0; hash < 8; hash++) {
      refusals.add(hash);
    }
    refusals.remove(4);
    refusals.add(8);
    assertThat(refusals.remove(0)).isTrue();
  }

  /** As a queue would, but for the unequal shares of the buckets. */
  @Test
  void add_manyAtAnyCapacity_remembersAboutTheLatest() {
    for (int capacity : new int[] {100, 1_000, 10_000, 100_000}) {
      Refusals refusals = new Refusals(capacity);
      SplittableRandom random = new SplittableRandom(capacity);
      long[] hashes = random.longs(4L * capacity).toArray();
      for (long hash : hashes) {
        refusals.add(hash);
      }
      int latestHalf = count(refusals, hashes, hashes.length - capacity / 2, hashes.length);
      int older = count(refusals, hashes, 0, hashes.length - 2 * capacity);
      assertThat(latestHalf).as("of %d", capacity).isGreaterThan(capacity * 45 / 100);
      assertThat(older).as("of %d", capacity).isLessThan(capacity / 50);
    }
  }

  @Test
  void remove_neverAdded_isHardlyEverTakenForAnother() {
    Refusals refusals = new Refusals(10_000);
    SplittableRandom random = new SplittableRandom(5);
    random.longs(20_000).forEach(refusals::add);
    assertThat(random.longs(100_000).filter(refusals::remove).count()).isLessThan(3);
  }

  private static int count(Refusals refusals, long[] hashes, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += refusals.remove(hashes[i]) ? 1 : 0;
    }
    return count;
  }
}
