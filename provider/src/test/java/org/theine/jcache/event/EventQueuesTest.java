package org.theine.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventQueuesTest {
  private final EventQueues<String> queues = new EventQueues<>();

  @Test
  void of_manyHashes_isTheSameQueueUntilItGoes() {
    List<EventQueue<String>> made = new ArrayList<>();
    for (int hash = 0; hash < 1_000; hash++) {
      made.add(queues.of(hash * 64)); // chains of many
    }
    for (EventQueue<String> queue : made) {
      assertThat(queues.of(queue.hash)).isSameAs(queue);
    }
    Collections.shuffle(made, new Random(1));
    for (EventQueue<String> queue : made.subList(0, 500)) {
      queues.remove(queue);
      queues.remove(queue); // which changes nothing
    }
    for (EventQueue<String> queue : made.subList(500, 1_000)) {
      assertThat(queues.of(queue.hash)).isSameAs(queue);
    }
    assertThat(queues.of(made.get(0).hash)).isNotSameAs(made.get(0));
  }

  @Test
  void events_addedAndTaken_areCountedOverAllQueues() {
    EventQueue<String> one = queues.add(event(1));
    assertThat(queues.add(event(1))).isSameAs(one);
    EventQueue<String> two = queues.add(event(2));
    assertThat(queues.events()).isEqualTo(3);

    queues.removeFirst(one);
    assertThat(queues.events()).isEqualTo(2);
    assertThat(queues.of(1)).isSameAs(one);

    queues.removeFirst(one);
    assertThat(queues.of(1)).isNotSameAs(one);
    queues.removeFirst(one); // which is empty
    assertThat(queues.events()).isEqualTo(1);

    queues.add(event(3));
    queues.clear(queue -> {});
    assertThat(queues.events()).isZero();
    assertThat(two.peek()).isNotNull();
  }

  private static EntryEvent<String> event(int hash) {
    return new EntryEvent<>(null, EventKind.CREATED, "key", hash, "value", null, List.of());
  }

  @Test
  void clear_afterwards_hasNone() {
    EventQueue<String> one = queues.of(1);
    EventQueue<String> two = queues.of(2);
    List<EventQueue<String>> gone = new ArrayList<>();

    queues.clear(gone::add);

    assertThat(gone).containsExactlyInAnyOrder(one, two);
    assertThat(queues.of(1)).isNotSameAs(one);
  }
}
