package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotListTest {

  private final SlotList.Links links = new SlotList.Links(true);
  private final SlotList one = new SlotList(links);
  private final SlotList two = new SlotList(links);

  @Test
  void last_empty_isNone() {
    assertThat(one.last()).isEqualTo(SlotList.NONE);
    assertThat(one.first()).isEqualTo(SlotList.NONE);
    assertThat(one.size()).isZero();
  }

  @Test
  void addFirst_several_keepsOrderOfRecency() {
    fill(one, 3, 5, 7);
    assertThat(slots(one)).containsExactly(3, 5, 7);
    assertThat(one.first()).isEqualTo(7);
    assertThat(one.weight()).isEqualTo(15);
    links.audit(slot -> slot == 3 || slot == 5 || slot == 7);
  }

  @Test
  void remove_endsAndMiddle_closesTheGap() {
    fill(one, 1, 2, 3, 4, 5);
    one.remove(3);
    one.remove(1);
    one.remove(5);
    assertThat(slots(one)).containsExactly(2, 4);
    one.remove(2);
    one.remove(4);
    assertThat(one.first()).isEqualTo(SlotList.NONE);
    assertThat(one.weight()).isZero();
    links.audit(slot -> false);
  }

  @Test
  void moveToFirst_sameList_becomesMostRecent() {
    fill(one, 1, 2, 3);
    one.moveToFirst(1);
    one.moveToFirst(1);
    assertThat(slots(one)).containsExactly(2, 3, 1);
  }

  @Test
  void moveToFirst_otherList_takesSizeAndWeightAlong() {
    fill(one, 1, 2);
    fill(two, 8, 9);
    two.moveToFirst(1);
    assertThat(slots(one)).containsExactly(2);
    assertThat(slots(two)).containsExactly(8, 9, 1);
    assertThat(one.weight()).isEqualTo(2);
    assertThat(two.weight()).isEqualTo(18);
    assertThat(two.contains(1)).isTrue();
    assertThat(one.contains(1)).isFalse();
    links.audit(slot -> slot == 1 || slot == 2 || slot == 8 || slot == 9);
  }

  @Test
  void reweigh_linked_changesTheSum() {
    fill(one, 1, 2);
    one.reweigh(1, 40);
    assertThat(one.weight()).isEqualTo(42);
    one.remove(1);
    assertThat(one.weight()).isEqualTo(2);
  }

  @Test
  void weight_unweighted_isOneEach() {
    SlotList.Links plain = new SlotList.Links(false);
    SlotList list = new SlotList(plain);
    plain.ensure(4);
    plain.setWeight(4, 100);
    list.addFirst(4);
    assertThat(list.weight()).isEqualTo(1);
  }

  @Test
  void ensure_largeSlot_keepsLists() {
    fill(one, 1, 2);
    links.ensure(100_000);
    links.setWeight(100_000, 1);
    one.addFirst(100_000);
    assertThat(slots(one)).containsExactly(1, 2, 100_000);
    assertThat(links.length()).isGreaterThan(100_000);
    links.audit(slot -> slot == 1 || slot == 2 || slot == 100_000);
  }

  @Test
  void ensure_oneMoreThanThereIsRoomFor_growsByAQuarter() {
    links.ensure(15);
    assertThat(links.length()).isEqualTo(16);
    links.ensure(16);
    assertThat(links.length()).isEqualTo(20);
  }

  @Test
  void clear_filled_emptiesAndShrinks() {
    links.ensure(100_000);
    fill(one, 1, 2);
    links.clear();
    assertThat(links.length()).isZero();
    assertThat(one.size()).isZero();
    links.audit(slot -> false);
    fill(one, 2);
    assertThat(slots(one)).containsExactly(2);
  }

  @Test
  void audit_usedButNotLinked_namesTheSlot() {
    fill(one, 1);
    assertThatThrownBy(() -> links.audit(slot -> slot == 1 || slot == 6))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("slot 6");
  }

  @Test
  void audit_linkedButNotUsed_namesTheSlot() {
    fill(one, 1, 6);
    assertThatThrownBy(() -> links.audit(slot -> slot == 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("slot 6");
  }

  @Test
  void audit_weightChangedUnderTheList_isNoticed() {
    fill(one, 1);
    links.setWeight(1, 99);
    assertThatThrownBy(one::audit)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("slot 1");
  }

  @Test
  void audit_slotInTwoLists_isNoticed() {
    fill(one, 1, 2, 3);
    two.addFirst(2);
    assertThatThrownBy(() -> links.audit(slot -> slot >= 1 && slot <= 3))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void audit_slotTakenOutOfAnotherList_isNoticed() {
    fill(one, 1, 2, 3);
    two.remove(2); // not one of its own
    assertNotSound("ends a list of 2, counted as 3");
  }

  @Test
  void audit_endTakenOutOfAnotherList_isNoticed() {
    fill(one, 1, 2, 3);
    two.remove(1);
    assertNotSound("is the last of list 0, found 2");
  }

  @Test
  void audit_headTakenOutOfAnotherList_isNoticed() {
    fill(one, 1, 2, 3);
    two.remove(3);
    assertNotSound("is in list 0 but marked otherwise");
  }

  @Test
  void audit_slotLinkedAnewIntoAnotherList_isNoticed() {
    fill(one, 1, 2, 3);
    two.addFirst(2);
    assertNotSound("is not linked back to 3");
  }

  private void assertNotSound(String rule) {
    assertThatThrownBy(() -> links.audit(slot -> links.linked(slot)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(rule);
  }

  /** Adds slots that weigh as much as their number. */
  private void fill(SlotList list, int... slots) {
    for (int slot : slots) {
      links.ensure(slot);
      links.setWeight(slot, slot);
      list.addFirst(slot);
    }
  }

  /** Returns the slots, least recent first. */
  private static List<Integer> slots(SlotList list) {
    List<Integer> slots = new ArrayList<>();
    for (int slot = list.last(); slot != SlotList.NONE; slot = list.before(slot)) {
      slots.add(slot);
    }
    return slots;
  }
}
