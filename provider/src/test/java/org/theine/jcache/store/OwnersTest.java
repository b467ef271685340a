package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.theine.jcache.Task;

class OwnersTest {
  private final Owners owners = new Owners();

  private static Entry<String, String> entry(int hash) {
    return new Entry<>("key", hash, 0);
  }

  @Test
  void ownerOf_recorded_isTheOwnerUntilForgotten() {
    Entry<String, String> entry = entry(7);
    assertThat(owners.ownerOf(entry)).isNull();
    owners.record(entry, "owner");
    assertThat(owners.ownerOf(entry)).isEqualTo("owner");
    assertThat(owners.ownerOf(entry(7))).as("another of the hash").isNull();
    owners.forget(entry);
    assertThat(owners.ownerOf(entry)).isNull();
    owners.forget(entry); // which changes nothing
    owners.record(entry, "next");
    assertThat(owners.ownerOf(entry)).isEqualTo("next");
  }

  /** More at a time than there are places for a hash, or at all. */
  @Test
  void record_moreThanPlaces_forgetsNobody() {
    List<Entry<String, String>> entries = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      Entry<String, String> entry = entry(i < 20 ? 7 : i << 8);
      entries.add(entry);
      owners.record(entry, i);
    }
    for (int i = 0; i < entries.size(); i += 2) {
      owners.forget(entries.get(i));
    }
    for (int i = 0; i < entries.size(); i++) {
      assertThat(owners.ownerOf(entries.get(i))).isEqualTo(i % 2 == 0 ? null : (Object) i);
    }
    for (int i = 1; i < entries.size(); i += 2) {
      owners.forget(entries.get(i));
      assertThat(owners.ownerOf(entries.get(i))).isNull();
    }
  }

  /** Who asks while places change hands is never told the owner of another entry. */
  @Test
  void ownerOf_placesChangeHands_isNeverAnotherOnes() throws Exception {
    List<Entry<String, String>> entries = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      entries.add(entry(7)); // all in the same places
    }
    AtomicBoolean ended = new AtomicBoolean();
    AtomicLong found = new AtomicLong();
    List<Task<Long>> owning = new ArrayList<>();
    for (int thread = 0; thread < 2; thread++) {
      int first = thread * 6;
      owning.add(
          Task.start(
              () -> {
                long turns = 0;
                for (; !ended.get(); turns++) {
                  Entry<String, String> entry = entries.get(first + (int) (turns % 6));
                  owners.record(entry, entry);
                  assertThat(owners.ownerOf(entry)).isSameAs(entry);
                  owners.forget(entry);
                }
                return turns;
              }));
    }
    for (int i = 0; i < 2_000_000; i++) {
      Entry<String, String> asked = entries.get(i % entries.size());
      Object owner = owners.ownerOf(asked);
      if (owner != null) {
        assertThat(owner).isSameAs(asked);
        found.incrementAndGet();
      }
    }
    ended.set(true);
    for (Task<Long> task : owning) {
      assertThat(task.result()).isPositive();
    }
    assertThat(found).as("how often somebody was found").hasPositiveValue();
  }
}
