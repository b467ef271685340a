package org.theine.jcache.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import javax.cache.Cache;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.theine.jcache.bench.Ledger.Told;

final class LedgerTest {
  private final Ledger ledger = new Ledger(4);

  @Test
  void wrongLives_everyWayToEnd_isNone() {
    for (int serial = 0; serial < 3; serial++) {
      ledger.onCreated(created(serial));
    }
    ledger.onRemoved(ended(0));
    ledger.onExpired(ended(1));
    ledger.onUpdated(updated(2, 3));
    ledger.onEvicted(ended(3));

    assertThat(ledger.wrongLives(4)).isZero();
    assertThat(ledger.ended()).isEqualTo(4);
    for (Told told : Told.values()) {
      assertThat(ledger.count(told)).as("%s", told).isEqualTo(told == Told.CREATED ? 3 : 1);
    }
  }

  @Test
  void wrongLives_neverTold_isCounted() {
    assertThat(ledger.wrongLives(1)).isEqualTo(1);
  }

  @Test
  void wrongLives_notEnded_isCounted() {
    ledger.onCreated(created(0));

    assertThat(ledger.wrongLives(1)).isEqualTo(1);
  }

  @Test
  void wrongLives_endedInTwoWays_isCounted() {
    ledger.onCreated(created(0));
    ledger.onExpired(ended(0));
    ledger.onEvicted(ended(0));

    assertThat(ledger.wrongLives(1)).isEqualTo(1);
  }

  @Test
  void wrongLives_toldTwice_isCounted() {
    ledger.onCreated(created(0));
    ledger.onExpired(ended(0));
    ledger.onExpired(ended(0));

    assertThat(ledger.wrongLives(1)).isEqualTo(1);
  }

  @Test
  void wrongLives_endToldBeforeBeginning_isCounted() {
    ledger.onExpired(ended(0));
    ledger.onCreated(created(0));

    assertThat(ledger.wrongLives(1)).isEqualTo(1);
  }

  @Test
  void wrongLives_eventWithoutValue_isCounted() {
    ledger.onRemoved(List.of(new Event(EventType.REMOVED, null, null)));

    assertThat(ledger.wrongLives(0)).isEqualTo(1);
  }

  private static Iterable<CacheEntryEvent<? extends Long, ? extends Payload>> created(int serial) {
    return List.of(new Event(EventType.CREATED, new Payload(1, serial), null));
  }

  private static Iterable<CacheEntryEvent<? extends Long, ? extends Payload>> updated(
      int oldSerial, int newSerial) {
    Payload newValue = new Payload(1, newSerial);
    return List.of(new Event(EventType.UPDATED, newValue, new Payload(1, oldSerial)));
  }

  private static Iterable<CacheEntryEvent<? extends Long, ? extends Payload>> ended(int serial) {
    Payload payload = new Payload(1, serial);
    return List.of(new Event(EventType.REMOVED, payload, payload));
  }

  /** An event of no particular cache. */
  private static final class Event extends CacheEntryEvent<Long, Payload> {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Payload value;
    private final transient @Nullable Payload oldValue;

    Event(EventType type, @Nullable Payload value, @Nullable Payload oldValue) {
      super(source(), type);
      this.value = value;
      this.oldValue = oldValue;
    }

    /** Events must have a source; nobody asks this one for anything. */
    @SuppressWarnings("unchecked")
    private static Cache<Long, Payload> source() {
      return (Cache<Long, Payload>)
          Proxy.newProxyInstance(
              Event.class.getClassLoader(),
              new Class<?>[] {Cache.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });
    }

    @Override
    public Long getKey() {
      return 1L;
    }

    @Override
    public @Nullable Payload getValue() {
      return value;
    }

    @Override
    public @Nullable Payload getOldValue() {
      return oldValue;
    }

    @Override
    public boolean isOldValueAvailable() {
      return oldValue != null;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      throw new IllegalArgumentException("not a " + type);
    }
  }
}
