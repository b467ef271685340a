package org.theine.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.cache.event.CacheEntryListenerException;
import org.junit.jupiter.api.Test;

final class ListenerRegistrationTest {
  private static final int BATCH = 1024;

  private final Publishing publishing = new Publishing();

  private ListenerRegistration<String, String> asynchronous() {
    return publishing.registration(false, null, key -> {});
  }

  private void enqueue(ListenerRegistration<String, String> registration, String... keys) {
    for (String key : keys) {
      registration.enqueue(publishing.event(key));
      registration.schedule(publishing.executor());
    }
  }

  @Test
  void schedule_someEvents_oneTaskTellsThemInOrder() {
    enqueue(asynchronous(), "a", "b", "c");

    assertThat(publishing.tasks).hasSize(1);
    publishing.runTasks();
    assertThat(publishing.heard).containsExactly("CREATED a", "CREATED b", "CREATED c");
  }

  @Test
  void schedule_moreThanABatch_othersGetTheirTurnBetween() {
    ListenerRegistration<String, String> registration = asynchronous();
    for (int i = 0; i <= BATCH; i++) {
      enqueue(registration, "" + i);
    }

    publishing.tasks.remove(0).run();

    assertThat(publishing.heard).hasSize(BATCH);
    assertThat(publishing.tasks).hasSize(1);
    publishing.runTasks();
    assertThat(publishing.heard).hasSize(BATCH + 1).endsWith("CREATED " + BATCH);
  }

  @Test
  void schedule_executorRefuses_eventsWaitForTheNextOne() {
    ListenerRegistration<String, String> registration = asynchronous();
    publishing.refuses = true;
    enqueue(registration, "a");
    publishing.refuses = false;

    enqueue(registration, "b");
    publishing.runTasks();

    assertThat(publishing.heard).containsExactly("CREATED a", "CREATED b");
  }

  @Test
  void schedule_listenerFails_hearsTheNextEvent() {
    ListenerRegistration<String, String> registration =
        publishing.registration(
            false,
            null,
            key -> {
              throw new IllegalStateException("made up");
            });
    enqueue(registration, "a", "b");

    publishing.runTasks();

    assertThat(publishing.heard).containsExactly("CREATED a", "CREATED b");
  }

  @Test
  void end_eventsWait_areNotTold() {
    ListenerRegistration<String, String> registration = asynchronous();
    enqueue(registration, "a");

    registration.end();
    enqueue(registration, "b");
    publishing.runTasks();
    registration.tell(publishing.event("c"));

    assertThat(publishing.heard).isEmpty();
  }

  @Test
  void tell_filterSaysNo_isNotTold() {
    ListenerRegistration<String, String> registration =
        publishing.registration(true, event -> event.getKey().equals("b"), key -> {});

    registration.tell(publishing.event("a"));
    registration.tell(publishing.event("b"));

    assertThat(publishing.heard).containsExactly("CREATED b");
  }

  @Test
  void tell_listenerFails_failureNamesTheCache() {
    ListenerRegistration<String, String> registration =
        publishing.registration(
            true,
            null,
            key -> {
              throw new IllegalStateException("made up");
            });

    assertThatThrownBy(() -> registration.tell(publishing.event("a")))
        .isInstanceOf(CacheEntryListenerException.class)
        .hasMessageContaining("cache-1")
        .hasRootCauseMessage("made up");
  }

  @Test
  void tell_listenerFailsAsItShould_failureIsItsOwn() {
    CacheEntryListenerException own = new CacheEntryListenerException("its own");
    ListenerRegistration<String, String> registration =
        publishing.registration(
            true,
            null,
            key -> {
              throw own;
            });

    assertThatThrownBy(() -> registration.tell(publishing.event("a"))).isSameAs(own);
  }

  @Test
  void takePlugIns_twice_areGivenOnce() {
    ListenerRegistration<String, String> registration =
        publishing.registration(true, event -> true, key -> {});

    assertThat(registration.takePlugIns()).hasSize(2);
    assertThat(registration.takePlugIns()).isEmpty();
  }
}
