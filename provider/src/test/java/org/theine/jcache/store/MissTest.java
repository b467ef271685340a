package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A key that is there throughout is never missed, whatever moves in the table meanwhile. */
class MissTest {
  private static final int LASTING = 8;
  private static final int COMING = 2_000;

  /**
   * A key of a hash that all share, whose equals can be used to let something happen in the middle
   * of a look-up.
   */
  private record Key(int number, Runnable compared) implements Comparable<Key> {
    Key(int number) {
      this(number, () -> {});
    }

    @Override
    public int hashCode() {
      return 7;
    }

    @Override
    public int compareTo(Key other) {
      return Integer.compare(number, other.number);
    }

    @Override
    public boolean equals(Object object) {
      compared.run();
      return object instanceof Key other && number == other.number;
    }
  }

  /** Grows from 8 to 2048 again and again under readers of the first eight keys. */
  @Test
  @Tag("race")
  void contains_tableGrowsMeanwhile_neverMisses() throws Exception {
    LongSupplier rest = Stores.deadlineIn(2_000);
    AtomicLong misses = new AtomicLong();
    while (rest.getAsLong() > 0 && misses.get() == 0) {
      Store<Integer, String> store = Stores.create(StoreSettings.UNBOUNDED, null);
      for (int key = 0; key < LASTING; key++) {
        Stores.put(store, key, "lasting");
      }
      AtomicBoolean grown = new AtomicBoolean();
      Stores.Racer reader = () -> countMisses(store, grown, misses);
      Stores.race(
          () -> {
            for (int key = LASTING; key < COMING; key++) {
              Stores.put(store, key, "coming");
            }
            grown.set(true);
          },
          reader,
          reader);
      store.audit();
    }
    assertThat(misses).hasValue(0);
  }

  private static void countMisses(
      Store<Integer, String> store, AtomicBoolean grown, AtomicLong misses) {
    while (!grown.get()) {
      for (int key = 0; key < LASTING; key++) {
        if (!Stores.contains(store, key)) {
          misses.incrementAndGet();
        }
      }
    }
  }

  /** The chain that a reader stands on is taken to pieces. */
  @Test
  void contains_keysOfOneHashCollectedMeanwhile_doesNotMiss() {
    Store<Key, String> store = Stores.create(StoreSettings.UNBOUNDED, null);
    for (int number = 0; number < EntryTable.COLLIDING; number++) {
      Stores.put(store, new Key(number), "v");
    }
    AtomicBoolean collected = new AtomicBoolean();
    Runnable collect =
        () -> {
          if (collected.compareAndSet(false, true)) {
            Stores.put(store, new Key(EntryTable.COLLIDING), "one too many for a chain");
          }
        };

    boolean found = Stores.contains(store, new Key(0, collect));

    assertThat(collected).isTrue();
    assertThat(found).isTrue();
    store.audit();
  }
}
