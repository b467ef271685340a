package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HashIndexTest {
  private final HashIndex index = new HashIndex();

  @Test
  void number_sameHash_isTheSameAndKeepsTheHash() {
    int number = held(42);
    assertThat(index.number(42)).isEqualTo(number);
    assertThat(index.hash(number)).isEqualTo(42);
    assertThat(held(43)).isNotEqualTo(number);
  }

  @Test
  void letGo_byTheLastHolder_freesTheNumber() {
    int number = held(42);
    index.hold(number);
    assertThat(index.holders(number)).isEqualTo(2);
    index.letGo(number);
    assertThat(index.number(42)).as("still held").isEqualTo(number);
    index.letGo(number);
    assertThat(held(99)).as("used again").isEqualTo(number);
    assertThat(index.limit()).isEqualTo(1);
  }

  @Test
  void number_ofZeroAndOfNegativeHashes_isAnyOther() {
    assertThat(List.of(held(0), held(-1), held(Long.MIN_VALUE))).doesNotHaveDuplicates();
  }

  @Test
  void anyCalls_againstAMap_agree() {
    for (long seed = 1; seed <= 5; seed++) {
      HashIndex tested = new HashIndex();
      SplittableRandom random = new SplittableRandom(seed);
      Map<Long, Integer> numbers = new HashMap<>();
      List<Long> hashes = new ArrayList<>();
      for (int step = 0; step < 20_000; step++) {
        if (random.nextInt(100) < 52 || hashes.isEmpty()) {
          long hash = random.nextInt(5_000) * (random.nextBoolean() ? 1L : 0x100000000L);
          int number = tested.number(hash);
          tested.hold(number);
          assertThat(numbers.getOrDefault(hash, number)).as("seed %d", seed).isEqualTo(number);
          numbers.put(hash, number);
          hashes.add(hash);
        } else {
          int any = random.nextInt(hashes.size());
          long hash = hashes.set(any, hashes.get(hashes.size() - 1));
          hashes.remove(hashes.size() - 1);
          tested.letGo(numbers.get(hash));
          if (!hashes.contains(hash)) {
            numbers.remove(hash);
          }
        }
      }
      int[] holders = new int[tested.limit()];
      hashes.forEach(hash -> holders[numbers.get(hash)]++);
      tested.audit(holders);
      assertThat(numbers.values()).doesNotHaveDuplicates();
    }
  }

  @Test
  void clear_held_forgetsAll() {
    for (int i = 0; i < 100; i++) {
      held(i);
    }
    index.clear();
    assertThat(index.limit()).isZero();
    assertThat(held(99)).isZero();
  }

  @Test
  void audit_holdersOtherwise_isRefused() {
    held(7);
    assertThatThrownBy(() -> index.audit(new int[] {2}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("number 0 is held 2 times");
    assertThatThrownBy(() -> index.audit(new int[] {0}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("numbers held: 0, in the index: 1");
  }

  private int held(long hash) {
    int number = index.number(hash);
    index.hold(number);
    return number;
  }
}
