package org.theine.jcache.policy;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A doubly linked list of slots, most recent first. Not thread-safe: the caller holds the shard
 * lock.
 *
 * <p>Lists that share their {@link Links} divide the slots among themselves: a slot is in one of
 * them or in none. All methods take constant time.
 */
final class SlotList {

  /** Stands for "no slot" at the ends of a list. */
  static final int NONE = EvictionPolicy.NONE;

  private final Links links;
  private final byte number;
  private int first = NONE;
  private int last = NONE;
  private int size;
  private long weight;

  /** Creates an empty list over shared links. */
  SlotList(Links links) {
    this.links = links;
    this.number = links.register(this);
  }

  /** Adds a slot that is in no list. */
  void addFirst(int slot) {
    links.link(slot, NONE, first);
    if (first == NONE) {
      last = slot;
    } else {
      links.setBefore(first, slot);
    }
    first = slot;
    links.list[slot] = number;
    size++;
    weight += links.weight(slot);
  }

  /** Removes a slot of this list. */
  void remove(int slot) {
    int before = links.before(slot);
    int after = links.after(slot);
    if (before == NONE) {
      first = after;
    } else {
      links.setAfter(before, after);
    }
    if (after == NONE) {
      last = before;
    } else {
      links.setBefore(after, before);
    }
    links.list[slot] = Links.FREE;
    size--;
    weight -= links.weight(slot);
  }

  /** Moves a slot, from whichever list it is in, to the front of this one. */
  void moveToFirst(int slot) {
    if (first != slot) {
      links.listOf(slot).remove(slot);
      addFirst(slot);
    }
  }

  /** Changes the weight of a slot of this list; the links must have weights. */
  void reweigh(int slot, int newWeight) {
    weight += (long) newWeight - links.weight(slot);
    links.setWeight(slot, newWeight);
  }

  /** Returns whether the slot is in this list. */
  boolean contains(int slot) {
    return links.list[slot] == number;
  }

  /** Returns the most recent slot, or {@link #NONE}. */
  int first() {
    return first;
  }

  /** Returns the least recent slot, or {@link #NONE}. */
  int last() {
    return last;
  }

  /** Returns the slot next to the given one on its more recent side, or {@link #NONE}. */
  int before(int slot) {
    return links.before(slot);
  }

  int size() {
    return size;
  }

  long weight() {
    return weight;
  }

  /** Checks the links in both directions and the sums against them. */
  void audit() {
    int before = NONE;
    int count = 0;
    long sum = 0;
    for (int slot = first; slot != NONE; slot = links.after(slot)) {
      check(links.before(slot) == before, slot, "is not linked back to " + before);
      check(links.list[slot] == number, slot, "is in list " + number + " but marked otherwise");
      check(++count <= size, slot, "is beyond the list's size of " + size);
      sum += links.weight(slot);
      before = slot;
    }
    check(last == before, last, "is the last of list " + number + ", found " + before);
    check(count == size, last, "ends a list of " + count + ", counted as " + size);
    check(sum == weight, last, "ends a list that weighs " + sum + ", counted as " + weight);
  }

  private static void check(boolean condition, int slot, String rule) {
    if (!condition) {
      throw new IllegalStateException("slot " + slot + " " + rule);
    }
  }

  /**
   * The links, list and weight of every slot. The arrays grow with the largest slot used; weights
   * exist only on demand, without them every slot weighs 1.
   */
  static final class Links {
    private static final byte FREE = -1;
    private static final int INITIAL_LENGTH = 16;
    private static final int[] NOTHING = {};

    /** Half the largest array that every virtual machine can allocate. */
    private static final int MAXIMUM_LENGTH = (Integer.MAX_VALUE - 8) / 2;

    private final boolean weighted;
    private SlotList[] lists = {};

    /**
     * Of each slot the one before it and the one after it, side by side: who moves one needs both.
     */
    private int[] neighbours = NOTHING;

    private byte[] list = {};
    private int @Nullable [] weights;

    Links(boolean weighted) {
      this.weighted = weighted;
      clear();
    }

    private byte register(SlotList newcomer) {
      lists = Arrays.copyOf(lists, lists.length + 1);
      lists[lists.length - 1] = newcomer;
      return (byte) (lists.length - 1);
    }

    /** Returns the number of slots for which there is room, from 0 on. */
    int length() {
      return list.length;
    }

    /** Makes room for a slot: by a quarter, so that growing costs constant time a slot. */
    void ensure(int slot) {
      int old = list.length;
      if (slot < old) {
        return;
      }
      long wanted = Math.max(INITIAL_LENGTH, Math.min(old + old / 4L, MAXIMUM_LENGTH));
      int length = (int) Math.max(slot + 1L, wanted);
      int[] longerNeighbours = Arrays.copyOf(neighbours, 2 * length);
      int[] longerWeights = weights == null ? null : Arrays.copyOf(weights, length);
      byte[] longerList = Arrays.copyOf(list, length); // the last to ask for memory
      Arrays.fill(longerList, old, length, FREE);
      neighbours = longerNeighbours;
      weights = longerWeights;
      list = longerList;
    }

    private int before(int slot) {
      return neighbours[2 * slot];
    }

    private int after(int slot) {
      return neighbours[2 * slot + 1];
    }

    private void setBefore(int slot, int before) {
      neighbours[2 * slot] = before;
    }

    private void setAfter(int slot, int after) {
      neighbours[2 * slot + 1] = after;
    }

    private void link(int slot, int before, int after) {
      setBefore(slot, before);
      setAfter(slot, after);
    }

    /** Returns whether the slot is in one of the lists. */
    boolean linked(int slot) {
      return slot >= 0 && slot < list.length && list[slot] != FREE;
    }

    /** Returns the list that a linked slot is in. */
    SlotList listOf(int slot) {
      return lists[list[slot]];
    }

    boolean weighted() {
      return weighted;
    }

    int weight(int slot) {
      return weights == null ? 1 : weights[slot];
    }

    /** Sets the weight of a slot that is in no list; ignored without weights. */
    void setWeight(int slot, int weight) {
      if (weights != null) {
        weights[slot] = weight;
      }
    }

    /** Empties all lists and gives the memory back. */
    void clear() {
      neighbours = NOTHING;
      list = new byte[0];
      weights = weighted ? NOTHING : null;
      for (SlotList each : lists) {
        each.first = NONE;
        each.last = NONE;
        each.size = 0;
        each.weight = 0;
      }
    }

    /** Checks every list, and that exactly the used slots are in one. */
    void audit(IntPredicate used) {
      long linked = 0;
      for (SlotList each : lists) {
        each.audit();
        linked += each.size;
      }
      for (int slot = 0; slot < list.length; slot++) {
        boolean expected = used.test(slot);
        check(expected == linked(slot), slot, expected ? "is used but not linked" : "is not used");
        linked -= linked(slot) ? 1 : 0;
      }
      check(linked == 0, NONE, "linked twice or marked without being linked: " + linked);
    }
  }
}
