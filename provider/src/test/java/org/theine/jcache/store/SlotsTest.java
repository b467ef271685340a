package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {
  private Slots<Integer, String> slots = new Slots<>();
  private final List<Entry<Integer, String>> present = new ArrayList<>();

  private void put(int key) {
    Entry<Integer, String> entry = new Entry<>(key, key, 0);
    slots.put(entry);
    present.add(entry);
  }

  /** Also when there are more than an entry can number. */
  @ParameterizedTest
  @ValueSource(ints = {Entry.LARGE_SLOT - 1, 40, 0})
  void put_manyComeAndGo_eachHasASlotOfItsOwn(int largestKept) {
    slots = new Slots<>(largestKept);
    long seed = 20_261_121;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      if (present.isEmpty() || random.nextInt(100) < 55) {
        put(i);
      } else {
        slots.remove(present.remove(random.nextInt(present.size())));
      }
      assertConsistent("seed " + seed + ", step " + i);
    }
  }

  private void assertConsistent(String when) {
    Set<Integer> used = new HashSet<>();
    for (Entry<Integer, String> entry : present) {
      int slot = slots.of(entry);
      assertThat(used.add(slot)).as("%s: slot %d is its own", when, slot).isTrue();
      assertThat(slots.get(slot)).as(when).isSameAs(entry);
    }
    assertThat(slots.size()).as(when).isEqualTo(present.size());
  }

  /** The policy would take a look at one of them for a look at another. */
  @Test
  void put_moreThanEntriesCanNumber_theirOwnNumberIsNone() {
    slots = new Slots<>(1);
    for (int key = 0; key < 4; key++) {
      put(key);
    }

    assertThat(present)
        .extracting(Entry::slot)
        .containsExactly(0, 1, Entry.LARGE_SLOT, Entry.LARGE_SLOT);
    slots.remove(present.get(2));
    assertThat(present.get(2).slot()).isEqualTo(Entry.NO_SLOT);
    assertThat(slots.of(present.get(3))).isEqualTo(3);
  }

  @Test
  void remove_thenPut_reusesTheSlot() {
    put(1);
    put(2);
    Entry<Integer, String> first = present.get(0);

    slots.remove(first);
    put(3);

    assertThat(first.slot()).isEqualTo(Entry.NO_SLOT);
    assertThat(present.get(2).slot()).isZero();
  }

  @Test
  void get_freeOrNeverGiven_null() {
    put(1);
    slots.remove(present.get(0));

    assertThat(slots.get(0)).isNull();
    assertThat(slots.get(1_000)).isNull();
  }

  @Test
  void trim_nothingLeft_givesTheMemoryBack() {
    for (int key = 0; key < 100; key++) {
      put(key);
    }
    present.forEach(slots::remove);

    slots.trim();

    assertThat(slots.length()).isZero();
    put(1);
    assertThat(present.get(100).slot()).isZero();
  }
}
