package org.theine.jcache.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImmutableTypesTest {

  private final ImmutableTypes known = ImmutableTypes.with(Set.of());

  static Stream<Class<?>> immutables() {
    return classesOf(
        "text",
        1,
        'c',
        2L,
        1.5,
        true,
        BigDecimal.ONE,
        BigInteger.TEN,
        UUID.randomUUID(),
        URI.create("urn:a"),
        String.class,
        Locale.ROOT,
        Instant.EPOCH,
        LocalDate.EPOCH,
        Year.of(2020),
        ZoneOffset.UTC,
        ZoneId.of("Europe/Paris"),
        TimeUnit.DAYS,
        WithBodies.ONE,
        new Point(1, 2L),
        new Line(new Point(1, 2L), new Point(3, 4L), TimeUnit.DAYS, ZoneOffset.UTC, "text"),
        new Chain(1, null),
        new Empty());
  }

  @ParameterizedTest
  @MethodSource("immutables")
  void contains_immutableClass_isTrue(Class<?> type) {
    assertThat(known.contains(type)).isTrue();
  }

  static Stream<Class<?>> mutables() {
    return classesOf(
        new StringBuilder(),
        new Date(),
        new byte[1],
        new String[1],
        new AtomicLong(),
        List.of(),
        Optional.of(1),
        new MutableDecimal(),
        new Object(),
        new Boxed<>(1),
        new Dated(new Date()),
        new Numbered(BigDecimal.ONE),
        new Nested(new Dated(new Date())),
        new ChainOfDates(new Date(), null));
  }

  @ParameterizedTest
  @MethodSource("mutables")
  void contains_classThatMayChange_isFalse(Class<?> type) {
    assertThat(known.contains(type)).isFalse();
  }

  @Test
  void contains_declaredClass_isTrueAlsoInsideRecords() {
    ImmutableTypes types = ImmutableTypes.with(Set.of(Date.class, BigDecimal.class));

    assertThat(types.contains(Date.class)).isTrue();
    assertThat(types.contains(Dated.class)).isTrue();
    assertThat(types.contains(Nested.class)).isTrue();
    assertThat(types.contains(Numbered.class)).isTrue();
    assertThat(types.contains(String.class)).isTrue();
    assertThat(known.contains(Date.class)).isFalse();
    assertThat(known.contains(Dated.class)).isFalse();
  }

  private static Stream<Class<?>> classesOf(Object... values) {
    return Arrays.stream(values).map(Object::getClass);
  }

  private enum WithBodies {
    ONE {
      @Override
      int number() {
        return 1;
      }
    };

    abstract int number();
  }

  private record Empty() {}

  private record Point(int x, Long y) {}

  private record Line(Point from, Point to, TimeUnit unit, ZoneId zone, String name) {}

  private record Chain(int value, Chain next) {}

  private record ChainOfDates(Date value, ChainOfDates next) {}

  private record Boxed<T>(T value) {}

  private record Dated(Date date) {}

  private record Numbered(BigDecimal number) {}

  private record Nested(Dated dated) {}

  private static final class MutableDecimal extends BigDecimal {

    private static final long serialVersionUID = 1L;

    MutableDecimal() {
      super(1);
    }
  }
}
