package org.theine.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.theine.jcache.event.EventKind.CREATED;
import static org.theine.jcache.event.EventKind.EVICTED;
import static org.theine.jcache.event.EventKind.EXPIRED;
import static org.theine.jcache.event.EventKind.UPDATED;

import javax.cache.event.CacheEntryListenerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.theine.jcache.Gate;
import org.theine.jcache.Task;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EventPublisherTest {
  private final Publishing publishing = new Publishing();
  private final EventPublisher<String, String> publisher = publishing.publisher;

  /** Where the listener stops when it is told of the key "held". */
  private final Gate gate = new Gate();

  private void listen() {
    publishing.listen(
        key -> {
          assertThat(publishing.lock.isHeldByCurrentThread()).as("a lock is held").isFalse();
          if (key.equals("held") && publishing.heard.size() == 1) {
            gate.pass();
          }
        });
  }

  /** A thread that is telling the listener. */
  private Task<Void> hold() {
    Task<Void> first = Task.run(() -> publishing.operate(CREATED, "held"));
    gate.awaitReached();
    return first;
  }

  @AfterEach
  void letGo() {
    gate.open();
  }

  @Test
  void publish_byOperations_isToldInOrder() {
    listen();

    publishing.operate(CREATED, "a", "b");
    publishing.operate(UPDATED, "b", "a");

    assertThat(publishing.heard)
        .containsExactly("CREATED a", "CREATED b", "UPDATED b", "UPDATED a");
    assertThat(publishing.tasks).isEmpty();
  }

  @Test
  void publish_withoutOperation_isToldByTheExecutor() {
    listen();

    publishing.publish(EXPIRED, "a", "b");
    publisher.deliverOrphans();
    publisher.deliverOrphans();

    assertThat(publishing.heard).isEmpty();
    assertThat(publishing.tasks).hasSize(1);
    publishing.runTasks();
    assertThat(publishing.heard).containsExactly("EXPIRED a", "EXPIRED b");
  }

  @Test
  void publish_withoutOperationAndExecutor_waitsForTheNextAttempt() {
    listen();
    publishing.publish(EXPIRED, "a");
    publishing.refuses = true;
    publisher.deliverOrphans();

    publishing.refuses = false;
    publisher.deliverOrphans();
    publishing.runTasks();

    assertThat(publishing.heard).containsExactly("EXPIRED a");
  }

  @Test
  void deliver_anotherThreadTellsOfTheKey_waitsForIt() throws InterruptedException {
    listen();
    Task<Void> first = hold();
    Task<Void> second = Task.run(() -> publishing.operate(UPDATED, "held")).awaitParked();
    assertThat(publishing.heard).containsExactly("CREATED held");

    gate.open();
    second.result();
    assertThat(publishing.heard).containsExactly("CREATED held", "UPDATED held");
    first.result();
  }

  @Test
  void deliver_anotherThreadTellsOfAnotherKey_doesNotWait() throws InterruptedException {
    listen();
    Task<Void> first = hold();

    publishing.operate(CREATED, "a");

    assertThat(publishing.heard).containsExactly("CREATED held", "CREATED a");
    gate.open();
    first.result();
  }

  @Test
  void deliver_evictedWhileAnotherThreadTellsOfTheKey_isToldByThatThread()
      throws InterruptedException {
    listen();
    Task<Void> first = hold();

    publishing.operate(EVICTED, "held");

    assertThat(publishing.heard).containsExactly("CREATED held");
    gate.open();
    first.result();
    assertThat(publishing.heard).containsExactly("CREATED held", "EVICTED held");
    assertThat(publishing.tasks).isEmpty();
  }

  @Test
  void deliver_interruptedWhileItWaits_leavesTheEventToTheExecutor() throws InterruptedException {
    listen();
    Task<Void> first = hold();
    Task<Boolean> second =
        Task.start(
            () -> {
              publishing.operate(UPDATED, "held");
              return Thread.currentThread().isInterrupted();
            });
    second.awaitParked().interrupt();

    assertThat(second.result()).as("still interrupted").isTrue();
    gate.open();
    first.result();
    publishing.runTasks();
    assertThat(publishing.heard).containsExactly("CREATED held", "UPDATED held");
  }

  @Test
  void queued_untilTheListenersHaveHeard_countsOnceForAllSynchronousAndForEachOther()
      throws InterruptedException {
    listen();
    publishing.listen(key -> {});
    ListenerRegistration<String, String> asynchronous =
        publishing.registration(false, null, key -> {});
    publisher.register(asynchronous);
    assertThat(publisher.queued()).isZero();

    Task<Void> first = hold();
    Task<Void> second = Task.run(() -> publishing.operate(UPDATED, "held")).awaitParked();
    assertThat(publisher.queued()).as("one told, one that waits, both for the third").isEqualTo(4);

    gate.open();
    first.result();
    second.result();
    assertThat(publisher.queued()).as("those of the asynchronous one").isEqualTo(2);
    publishing.publish(EXPIRED, "orphan");
    assertThat(publisher.queued()).isEqualTo(4);

    publisher.deregister(asynchronous);
    assertThat(publisher.queued()).as("what nobody is to hear").isEqualTo(1);
    publisher.deliverOrphans();
    publishing.runTasks();
    assertThat(publisher.queued()).isZero();
  }

  @Test
  void queued_asynchronousListenerThatFails_isToldAllTheSame() {
    publisher.register(
        publishing.registration(
            false,
            null,
            key -> {
              throw new IllegalStateException("made up");
            }));
    publishing.operate(CREATED, "a", "b", "c");
    assertThat(publisher.queued()).isEqualTo(3);

    publishing.runTasks();

    assertThat(publisher.queued()).isZero();
  }

  @Test
  void queued_closedWhileOneIsTold_isNone() throws InterruptedException {
    listen();
    Task<Void> first = hold();
    assertThat(publisher.queued()).isEqualTo(1);

    publisher.close();

    assertThat(publisher.queued()).isZero();
    gate.open();
    first.result();
    assertThat(publisher.queued()).isZero();
  }

  @Test
  void close_whileOneWaits_letsHimGo() throws InterruptedException {
    listen();
    Task<Void> first = hold();
    Task<Void> second = Task.run(() -> publishing.operate(UPDATED, "held")).awaitParked();

    publisher.close();

    second.result();
    gate.open();
    first.result();
    assertThat(publishing.heard).containsExactly("CREATED held");
  }

  @Test
  void deliver_listenerFails_othersHearAndTheOperationFails() {
    publishing.listen(
        key -> {
          throw new IllegalStateException("first");
        });
    publishing.listen(
        key -> {
          throw new CacheEntryListenerException("second");
        });

    assertThatThrownBy(() -> publishing.operate(CREATED, "a", "b"))
        .isInstanceOf(CacheEntryListenerException.class)
        .hasMessageContaining("cache-1")
        .hasRootCauseMessage("first")
        .satisfies(
            failure -> assertThat(failure.getSuppressed()[0]).hasMessageContaining("second"));
    assertThat(publishing.heard)
        .containsExactly("CREATED a", "CREATED a", "CREATED b", "CREATED b");
  }

  @Test
  void deliver_listenerOfAnEvictionFails_nobodyElseDoes() {
    publishing.listen(
        key -> {
          throw new IllegalStateException("made up");
        });

    publishing.operate(EVICTED, "a");
    publishing.operate(EXPIRED, "a");

    assertThat(publishing.heard).containsExactly("EVICTED a", "EXPIRED a");
  }

  @Test
  void register_equalOrClosed_isRefused() {
    ListenerRegistration<String, String> registration =
        publishing.registration(true, null, key -> {});
    assertThat(publisher.hasListeners()).isFalse();

    assertThat(publisher.register(registration)).isTrue();
    assertThat(publisher.register(registration)).isFalse();
    assertThat(publisher.find(registration.configuration())).isSameAs(registration);
    publisher.deregister(registration);
    publishing.operate(CREATED, "a");
    assertThat(publisher.find(registration.configuration())).isNull();
    assertThat(publishing.heard).isEmpty();

    publisher.close();
    assertThat(publisher.register(registration)).isFalse();
  }
}
