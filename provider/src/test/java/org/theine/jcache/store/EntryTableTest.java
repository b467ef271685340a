package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.theine.jcache.Gate;
import org.theine.jcache.Task;

/** Nodes are found by their keys, whoever shares their bucket or hash, and while they move. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EntryTableTest {
  private static final int HASH = 3;

  /** Another hash in the same bucket of any table that is made here. */
  private static final int NEIGHBOUR = 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final EntryTable<Object, String> table = new EntryTable<>(lock);
  private final List<Entry<Object, String>> linked = new ArrayList<>();

  private Entry<Object, String> add(Object key, int hash) {
    Entry<Object, String> entry = new Entry<>(key, hash, 0);
    table.add(entry);
    linked.add(entry);
    return entry;
  }

  private void remove(Entry<Object, String> entry) {
    table.remove(entry);
    linked.remove(entry);
  }

  private void assertConsistent() {
    for (Entry<Object, String> entry : linked) {
      assertThat(table.find(entry.key(), entry.hash)).as("key %s", entry.key).isSameAs(entry);
    }
    List<Entry<Object, String>> walked = new ArrayList<>();
    table.forEach(walked::add);
    assertThat(walked).containsExactlyInAnyOrderElementsOf(linked);
    assertThat(table.size()).isEqualTo(linked.size());
  }

  /** A look-up that must not ask for the lock, which somebody holds. */
  private @Nullable Entry<Object, String> findWithoutLock(Object key, int hash)
      throws InterruptedException {
    lock.lock();
    try {
      return Task.start(() -> table.find(key, hash)).result();
    } finally {
      lock.unlock();
    }
  }

  @Test
  void find_emptyTable_null() throws Exception {
    assertThat(findWithoutLock("key", 1)).isNull();
    table.trim();
    assertConsistent();
  }

  @Test
  void add_oneBucket_eachIsFound() {
    for (int i = 0; i < 6; i++) {
      add("key " + i, 8 * i);
    }
    assertConsistent();
    assertThat(table.find("key 1", 0)).as("another hash").isNull();
    assertThat(table.find("absent", 8)).as("another key").isNull();
  }

  @Test
  void remove_anywhereInAChain_leavesTheOthers() {
    for (int i = 0; i < 6; i++) {
      add("key " + i, 8 * i);
    }
    remove(linked.get(2));
    assertConsistent();
    remove(linked.get(4));
    assertConsistent();
    remove(linked.get(0));
    assertConsistent();
    while (!linked.isEmpty()) {
      remove(linked.get(0));
      assertConsistent();
    }
  }

  @Test
  void remove_notLinked_isAnError() {
    add("key", HASH);
    assertThatThrownBy(() -> table.remove(new Entry<>("other", HASH, 0)))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("not linked");
  }

  @Test
  void add_manyHashes_growsAndFindsAllWithoutTheLock() throws Exception {
    for (int i = 0; i < 1000; i++) {
      add(i, i * 0x9e3779b9);
    }
    assertConsistent();
    assertThat(findWithoutLock(999, linked.get(999).hash)).isSameAs(linked.get(999));
    assertThat(findWithoutLock("absent", 77)).as("absent, without the lock").isNull();
  }

  @Test
  void trim_nodesLeft_keepsThem() {
    Entry<Object, String> entry = add("key", HASH);
    table.trim();
    assertConsistent();

    remove(entry);
    table.trim();
    assertConsistent();
    add("key", HASH);
    assertConsistent();
  }

  // ---- one hash

  @Test
  void add_manyOfOneHash_neighboursAndOthersOfThatHashAreFound() throws Exception {
    add("before", HASH + NEIGHBOUR);
    for (int i = 0; i < 20; i++) {
      add(i, HASH);
    }
    add("after", HASH + 2 * NEIGHBOUR);

    assertConsistent();
    assertThat(findWithoutLock(77, HASH)).as("absent, without the lock").isNull();
    assertThat(findWithoutLock("absent", HASH + NEIGHBOUR)).isNull();
  }

  @Test
  void remove_manyOfOneHash_leavesTheOthers() {
    add("before", HASH + NEIGHBOUR);
    for (int i = 0; i < 20; i++) {
      add(i, HASH);
    }
    add("after", HASH + 2 * NEIGHBOUR);
    while (linked.size() > 2) {
      remove(linked.get(1));
      assertConsistent();
    }
    add(7, HASH);
    assertConsistent();
    assertThatThrownBy(() -> table.remove(new Entry<>(8, HASH, 0)))
        .isInstanceOf(AssertionError.class);
  }

  /** From eight on they lie apart, and then a look-up compares with few of them. */
  @Test
  void find_manyComparableKeysOfOneHash_comparesWithFew() {
    for (int i = 0; i < 1024; i++) {
      add(new Counted(i), HASH);
    }
    for (int i = 0; i < 1024; i += 50) {
      Counted.comparisons = 0;
      assertThat(table.find(new Counted(i), HASH)).isNotNull();
      assertThat(Counted.comparisons).as("comparisons for key %d", i).isLessThan(100);
    }
  }

  @Test
  void remove_allOfManyOfOneHash_lateOnesLieInTheChainAgain() {
    for (int i = 0; i < 20; i++) {
      add(new Counted(i), HASH);
    }
    add("neighbour", HASH + NEIGHBOUR);
    while (linked.size() > 1) {
      remove(linked.get(0));
    }
    Counted.comparisons = 0;
    add(new Counted(1), HASH);
    add(new Counted(2), HASH);
    assertThat(Counted.comparisons).isZero();
    assertConsistent();
  }

  @Test
  void add_upToEightOfOneHash_areNotOrdered() {
    Counted.comparisons = 0;
    for (int i = 0; i < EntryTable.COLLIDING; i++) {
      add(new Counted(i), HASH);
    }
    assertThat(Counted.comparisons).as("eight lie in the chain").isZero();
    add(new Counted(8), HASH);
    assertThat(Counted.comparisons).as("nine are ordered").isPositive();
    assertConsistent();
  }

  /** Counts its comparisons; equal hash codes. */
  private static final class Counted implements Comparable<Counted> {
    static int comparisons;
    final int number;

    Counted(int number) {
      this.number = number;
    }

    @Override
    public int compareTo(Counted other) {
      comparisons++;
      return Integer.compare(number, other.number);
    }

    @Override
    public boolean equals(Object object) {
      comparisons++;
      return object instanceof Counted other && number == other.number;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  // ---- while they move

  /** Stops whoever orders it while the gate is set. */
  private record Stopping(int number, Runnable compared) implements Comparable<Stopping> {
    @Override
    public int compareTo(Stopping other) {
      compared.run();
      return Integer.compare(number, other.number);
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Stopping other && number == other.number;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  /** What moves is in no chain for a moment: a reader that misses it asks for the lock. */
  @Test
  void find_nodesOfTheHashMove_waitsForTheEnd() throws Exception {
    Gate moving = new Gate();
    boolean[] stops = {false};
    Runnable stop =
        () -> {
          if (stops[0]) {
            moving.pass();
          }
        };
    for (int i = 0; i < EntryTable.COLLIDING; i++) {
      add(new Stopping(i, stop), HASH);
    }
    Task<Void> mover =
        Task.run(
            () -> {
              lock.lock();
              stops[0] = true;
              try {
                table.add(new Entry<>(new Stopping(8, stop), HASH, 0));
              } finally {
                lock.unlock();
              }
            });
    moving.awaitReached();

    Stopping sought = new Stopping(EntryTable.COLLIDING - 1, () -> {});
    Task<Entry<Object, String>> reader = Task.start(() -> table.find(sought, HASH));
    reader.awaitParked();
    moving.open();

    mover.result();
    assertThat(reader.result()).isSameAs(linked.get(EntryTable.COLLIDING - 1));
    assertThat(lock.isLocked()).as("given back").isFalse();
    Objects.requireNonNull(table.find(new Stopping(8, () -> {}), HASH));
  }
}
