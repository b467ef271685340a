package org.theine.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.theine.jcache.event.EventKind.CREATED;
import static org.theine.jcache.event.EventKind.UPDATED;

import javax.cache.event.CacheEntryListenerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeliveryTest {
  private final Publishing publishing = new Publishing();

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(Delivery.current()).isNull();
  }

  @Test
  void end_ofANestedOperation_tellsNothingYet() {
    publishing.listen(key -> {});
    Delivery outer = Delivery.begin();

    publishing.operate(CREATED, "a");

    assertThat(publishing.heard).isEmpty();
    outer.end(null);
    assertThat(publishing.heard).containsExactly("CREATED a");
  }

  @Test
  void end_listenerCallsTheCache_itsEventsAreToldAfterThose() {
    publishing.listen(
        key -> {
          if (key.equals("a")) {
            publishing.operate(CREATED, "c");
            assertThat(publishing.heard).containsExactly("CREATED a");
          }
        });

    publishing.operate(CREATED, "a", "b");

    assertThat(publishing.heard).containsExactly("CREATED a", "CREATED b", "CREATED c");
  }

  @Test
  void end_operationAndListenerFail_operationsFailureIsThrown() {
    publishing.listen(
        key -> {
          throw new IllegalStateException("the listener's");
        });

    assertThatThrownBy(
            () ->
                Delivery.around(
                    () -> {
                      publishing.publish(UPDATED, "a");
                      throw new IllegalArgumentException("the operation's");
                    }))
        .hasMessage("the operation's")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed()[0])
                    .isInstanceOf(CacheEntryListenerException.class)
                    .hasRootCauseMessage("the listener's"));
    assertThat(publishing.heard).containsExactly("UPDATED a");
  }

  @Test
  void endQuietly_listenerFails_nobodyElseDoes() {
    publishing.listen(
        key -> {
          throw new IllegalStateException("made up");
        });
    Delivery delivery = Delivery.begin();
    publishing.publish(CREATED, "a", "b");

    delivery.endQuietly("cache-1");

    assertThat(publishing.heard).containsExactly("CREATED a", "CREATED b");
  }

  @Test
  void none_begunAndEnded_isNotTheThreads() {
    Delivery.none().end(null);

    assertThat(Delivery.current()).isNull();
  }
}
