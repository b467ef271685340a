package org.theine.jcache.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.cache.CacheException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ValueFormTest {

  private final ValueForm form = byValue(Set.of(), null, null);

  @BeforeEach
  void resetCounters() {
    Counting.written.set(0);
    Counting.read.set(0);
  }

  @Test
  void byReference_anyObject_isKeptAndGivenAsItIs() {
    Object value = new Object();
    ValueForm byReference = ValueForm.byReference();

    assertThat(byReference.isIdentity()).isTrue();
    assertThat(byReference.stored(value)).isSameAs(value);
    assertThat(byReference.given(value)).isSameAs(value);
    assertThat(byReference.copy(value)).isSameAs(value);
  }

  @Test
  void byValue_immutableObject_isNotCopied() {
    record Point(int x, UUID y) {}
    Point value = new Point(1, UUID.randomUUID());

    assertThat(form.isIdentity()).isFalse();
    assertThat(form.stored(value)).isSameAs(value);
    assertThat(form.given(value)).isSameAs(value);
    assertThat(form.copy(value)).isSameAs(value);
  }

  @Test
  void byValue_mutableObject_isSeparatedFromBothSides() {
    List<Date> mine = new ArrayList<>(List.of(new Date(1)));
    Object stored = form.stored(mine);
    mine.get(0).setTime(2);

    List<Date> given = dates(form.given(stored));
    given.get(0).setTime(3);

    assertThat(dates(form.given(stored))).containsExactly(new Date(1));
  }

  @Test
  void byValue_writeAndReads_serialiseOnceAndDeserialiseOnceForEachRead() {
    Object stored = form.stored(new Counting("a"));
    assertThat(Counting.written).hasValue(1);
    assertThat(Counting.read).hasValue(0);

    form.given(stored);
    form.given(stored);
    assertThat(Counting.written).hasValue(1);
    assertThat(Counting.read).hasValue(2);
  }

  @Test
  void byValue_copyOfAKey_isAnEqualObject() {
    Date key = new Date(7);

    assertThat(form.copy(key)).isEqualTo(key).isNotSameAs(key);
  }

  @Test
  void byValue_array_isCopied() {
    byte[] mine = {1, 2, 3};
    Object stored = form.stored(mine);
    mine[0] = 9;

    assertThat((byte[]) form.given(stored)).containsExactly(1, 2, 3);
    assertThat(form.given(stored)).isNotSameAs(form.given(stored));
  }

  @Test
  void byValue_declaredImmutable_isNotSerialised() {
    Counting value = new Counting("a");
    ValueForm declared = byValue(Set.of(Counting.class), null, null);

    assertThat(declared.given(declared.stored(value))).isSameAs(value);
    assertThat(Counting.written).hasValue(0);
  }

  @Test
  void byValue_objectThatCannotBeSerialised_namesCacheAndClassButNotTheValue() {
    assertThatThrownBy(() -> form.stored(new Secretive()))
        .isInstanceOf(CacheException.class)
        .hasMessage(
            "cache 'users' stores by value: an object of "
                + Secretive.class.getName()
                + " cannot be serialised")
        .hasCauseInstanceOf(NotSerializableException.class);
  }

  @Test
  void byValue_objectThatThrowsWhenRead_isACacheException() {
    Object stored = form.stored(new Unreadable());

    assertThatThrownBy(() -> form.given(stored))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("cache 'users'")
        .hasMessageContaining(Unreadable.class.getName())
        .hasMessageEndingWith("cannot be deserialised")
        .hasRootCauseMessage("unreadable");
  }

  @Test
  void byValue_chainTooLongForTheStack_isACacheException() {
    Link chain = null;
    for (int i = 0; i < 200_000; i++) {
      chain = new Link(chain);
    }
    Link longest = chain;

    assertThatThrownBy(() -> form.stored(longest))
        .isInstanceOf(CacheException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
  }

  @Test
  void byValue_serializerOfTheUser_isUsed() {
    ValueForm custom = byValue(Set.of(), new Utf8(), null);
    StringBuilder mine = new StringBuilder("text");
    Object stored = custom.stored(mine);
    mine.append("!");

    assertThat(custom.given(stored)).hasToString("text").isInstanceOf(StringBuilder.class);
    assertThat(custom.copy(mine)).hasToString("text!").isNotSameAs(mine);
  }

  @Test
  void byValue_serializerThatFailsOrReturnsNull_isACacheException() {
    Failing failing = new Failing();
    ValueForm custom = byValue(Set.of(), failing, null);
    Object stored = custom.stored(new Date());

    failing.failure = new IOException("disk");
    assertFailure(() -> custom.stored(new Date()), "cannot be serialised", failing.failure);
    assertFailure(() -> custom.given(stored), "cannot be deserialised", failing.failure);
    failing.failure = null;
    failing.bytes = null;
    assertFailure(() -> custom.stored(new Date()), "was serialised to null", null);
    assertFailure(() -> custom.given(stored), "was deserialised to null", null);
  }

  @Test
  void byValue_copierOfTheUser_copiesOnBothSidesInsteadOfSerialising() {
    AtomicInteger copies = new AtomicInteger();
    ValueForm custom =
        byValue(
            Set.of(),
            null,
            value -> {
              copies.incrementAndGet();
              return new Counting(((Counting) value).name);
            });
    Counting mine = new Counting("a");

    Object stored = custom.stored(mine);
    Object given = custom.given(stored);
    Object key = custom.copy(mine);

    assertThat(stored).isInstanceOf(Counting.class).isNotSameAs(mine);
    assertThat(given).isInstanceOf(Counting.class).isNotSameAs(stored);
    assertThat(key).isInstanceOf(Counting.class).isNotSameAs(mine);
    assertThat(copies).hasValue(3);
    assertThat(Counting.written).hasValue(0);
    assertThat(custom.given(custom.stored("text"))).isEqualTo("text");
    assertThat(copies).hasValue(3);
  }

  @Test
  void byValue_copierThatFailsOrReturnsNull_isACacheException() {
    RuntimeException cause = new IllegalStateException("no idea");
    ValueForm throwing =
        byValue(
            Set.of(),
            null,
            value -> {
              throw cause;
            });

    assertFailure(() -> throwing.stored(new Date()), "cannot be copied", cause);
    assertFailure(() -> throwing.given(new Date()), "cannot be copied", cause);
    ValueForm forgetful = byValue(Set.of(), null, value -> null);
    assertFailure(() -> forgetful.stored(new Date()), "was copied to null", null);
  }

  @Test
  void byValue_pluginThrowsTheSpecifiedTypeOrAnError_passesUnchanged() {
    CacheException specified = new CacheException("mine");
    Error error = new AssertionError("broken");

    assertThatThrownBy(() -> byValue(Set.of(), null, throwing(specified)).stored(new Date()))
        .isSameAs(specified);
    assertThatThrownBy(
            () ->
                byValue(
                        Set.of(),
                        null,
                        value -> {
                          throw error;
                        })
                    .stored(new Date()))
        .isSameAs(error);
  }

  private static void assertFailure(Runnable action, String rule, Throwable cause) {
    assertThatThrownBy(action::run)
        .isInstanceOf(CacheException.class)
        .hasMessage("cache 'users' stores by value: an object of java.util.Date " + rule)
        .hasCause(cause);
  }

  private static UnaryOperator<Object> throwing(RuntimeException failure) {
    return value -> {
      throw failure;
    };
  }

  private static ValueForm byValue(
      Set<Class<?>> immutableTypes, Serialization serialization, UnaryOperator<Object> copier) {
    return ValueForm.byValue(
        "users", ValueFormTest.class.getClassLoader(), immutableTypes, serialization, copier);
  }

  private static List<Date> dates(Object value) {
    List<Date> dates = new ArrayList<>();
    ((List<?>) value).forEach(date -> dates.add((Date) date));
    return dates;
  }

  /** Counts how often it is serialised. */
  private static final class Counting implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final AtomicInteger written = new AtomicInteger();
    private static final AtomicInteger read = new AtomicInteger();

    private final String name;

    Counting(String name) {
      this.name = name;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      written.incrementAndGet();
      out.defaultWriteObject();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      read.incrementAndGet();
      in.defaultReadObject();
    }
  }

  private static final class Secretive {
    @Override
    public String toString() {
      return "a secret";
    }
  }

  private static final class Unreadable implements Serializable {

    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) {
      throw new IllegalStateException("unreadable");
    }
  }

  private static final class Link implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Link next;

    Link(Link next) {
      this.next = next;
    }
  }

  private static final class Utf8 implements Serialization {

    @Override
    public byte[] serialize(Object value) {
      return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Object deserialize(byte[] bytes) {
      return new StringBuilder(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static final class Failing implements Serialization {

    private Exception failure;
    private byte[] bytes = new byte[0];

    @Override
    public byte[] serialize(Object value) throws Exception {
      throwFailure();
      return bytes;
    }

    @Override
    public Object deserialize(byte[] bytes) throws Exception {
      throwFailure();
      return null;
    }

    private void throwFailure() throws Exception {
      if (failure != null) {
        throw failure;
      }
    }
  }
}
