package org.theine.jcache.integration;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Knows the classes whose instances cannot change, so that they need no copy. Safe for use by any
 * thread.
 */
final class ImmutableTypes {
  /*
   * Immutable are the classes named below, exactly and not their subclasses, every enum, and what the
   * user declares; and a record if each of its components has a primitive type or one of these that
   * is final. A component of another declared type, BigDecimal for one, may hold a mutable subclass,
   * so such a record is copied unless the user declares either class. A record that contains itself
   * is judged by its other components.
   *
   * Answers are kept with the class they are about, so nothing here holds a class or its loader.
   */

  private static final Set<Class<?>> KNOWN =
      Set.of(
          String.class,
          Boolean.class,
          Byte.class,
          Character.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigDecimal.class,
          BigInteger.class,
          UUID.class,
          URI.class,
          Class.class,
          Locale.class,
          Currency.class,
          Pattern.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class,
          Duration.class,
          Instant.class,
          LocalDate.class,
          LocalDateTime.class,
          LocalTime.class,
          MonthDay.class,
          OffsetDateTime.class,
          OffsetTime.class,
          Period.class,
          Year.class,
          YearMonth.class,
          ZonedDateTime.class);

  private static final ImmutableTypes BUILT_IN = new ImmutableTypes(Set.of());

  private final Set<Class<?>> declared;

  private final ClassValue<Boolean> answers =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isImmutable(type, new HashSet<>());
        }
      };

  private ImmutableTypes(Set<Class<?>> declared) {
    this.declared = declared;
  }

  /** Returns the known classes and these. */
  static ImmutableTypes with(Set<Class<?>> declared) {
    return declared.isEmpty() ? BUILT_IN : new ImmutableTypes(Set.copyOf(declared));
  }

  /** Tells whether instances of exactly this class need no copy. */
  boolean contains(Class<?> type) {
    return answers.get(type);
  }

  private boolean isImmutable(Class<?> type, Set<Class<?>> outer) {
    return KNOWN.contains(type)
        || declared.contains(type)
        || Enum.class.isAssignableFrom(type)
        || ZoneId.class.isAssignableFrom(type)
        || (type.isRecord() && isImmutableRecord(type, outer));
  }

  private boolean isImmutableRecord(Class<?> type, Set<Class<?>> outer) {
    if (!outer.add(type)) {
      return true;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      if (!holdsImmutables(component.getType(), outer)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether everything that a variable of this type can hold is immutable. */
  private boolean holdsImmutables(Class<?> type, Set<Class<?>> outer) {
    return type.isPrimitive()
        || type.isEnum()
        || type == ZoneId.class
        || declared.contains(type)
        || (Modifier.isFinal(type.getModifiers()) && isImmutable(type, outer));
  }
}
