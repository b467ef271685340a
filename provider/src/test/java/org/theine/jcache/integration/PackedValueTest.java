package org.theine.jcache.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.StreamCorruptedException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is packed comes back as what it was, wherever it stood. */
class PackedValueTest {
  private final JavaSerialization serialization =
      new JavaSerialization(PackedValueTest.class.getClassLoader());

  static List<Object> packed() {
    BigInteger wide = BigInteger.TWO.pow(5000).negate();
    return List.of(
        true,
        Byte.MIN_VALUE,
        Short.MIN_VALUE,
        '\uffff',
        Integer.MIN_VALUE,
        Long.MIN_VALUE,
        Float.intBitsToFloat(0x7fc01234), // a number that is none, of many
        -0.0f,
        Double.longBitsToDouble(0x7ff8000000001234L),
        -0.0,
        BigInteger.ZERO,
        wide,
        new BigDecimal("1.00"),
        new BigDecimal(Long.MIN_VALUE).scaleByPowerOfTen(99),
        BigDecimal.valueOf(Long.MAX_VALUE).add(BigDecimal.ONE),
        new BigDecimal(wide, Integer.MIN_VALUE),
        new UUID(-1, 2));
  }

  @ParameterizedTest
  @MethodSource("packed")
  void deserialize_packed_isEqualAndOfTheClass(Object value) throws Exception {
    byte[] alone = serialization.serialize(value);
    assertThat(new JavaSerialization(null).deserialize(alone)) // which knows no class by its number
        .isEqualTo(value)
        .hasSameClassAs(value);
    List<?> copy = (List<?>) copy(new ArrayList<>(Arrays.asList(value, value, null)));

    assertThat(copy).hasSize(3);
    assertThat(copy.get(0)).isEqualTo(value).hasSameClassAs(value);
    assertThat(copy.get(1)).as("written once").isSameAs(copy.get(0));
    assertThat(copy(value)).isEqualTo(value).hasSameClassAs(value);
  }

  @Test
  void deserialize_packedNumbersThatAreNone_keepTheirBits() throws Exception {
    Object[] copy =
        (Object[])
            copy(
                new Object[] {
                  Float.intBitsToFloat(0x7fc01234), Double.longBitsToDouble(0x7ff8000000001234L)
                });
    assertThat(Float.floatToRawIntBits((Float) copy[0])).isEqualTo(0x7fc01234);
    assertThat(Double.doubleToRawLongBits((Double) copy[1])).isEqualTo(0x7ff8000000001234L);
  }

  @Test
  void deserialize_placesOfDeclaredTypes_takeThem() throws Exception {
    assertThat((BigDecimal[]) copy(new BigDecimal[] {BigDecimal.TEN, null}))
        .containsExactly(BigDecimal.TEN, null);
    assertThat((Integer[]) copy(new Integer[] {1, null})).containsExactly(1, null);
    assertThat(copy(new HashMap<>(Map.of(1, 2L, 'y', 'x')))).isEqualTo(Map.of(1, 2L, 'y', 'x'));
    assertThat(copy(new Invoice(7, BigDecimal.ONE, new Date(3)))).isEqualTo(invoice());
    Account account = (Account) copy(new Account(new UUID(1, 2), 5L));
    assertThat(account.id).isEqualTo(new UUID(1, 2));
    assertThat(account.balance).isEqualTo(5L);
  }

  private static Invoice invoice() {
    return new Invoice(7, BigDecimal.ONE, new Date(3));
  }

  /** A subclass has more to it, and is written as itself. */
  @Test
  void deserialize_subclasses_stayThemselves() throws Exception {
    Timestamp timestamp = new Timestamp(5);
    timestamp.setNanos(123_456_789);
    Priced priced = new Priced("2.50", "EUR");

    assertThat(copy(timestamp)).isEqualTo(timestamp).isExactlyInstanceOf(Timestamp.class);
    assertThat(((Priced) copy(priced)).currency).isEqualTo("EUR");
    assertThat(PackedValue.packed("text")).isEqualTo("text");
    assertThat(PackedValue.packed(priced)).isSameAs(priced);
  }

  /** What says that it is to be written as nothing is read as nothing. */
  @Test
  void deserialize_replacedByNull_isNull() throws Exception {
    assertThat((Object[]) copy(new Object[] {new Absent(), 1})).containsExactly(null, 1);
  }

  private static final class Absent implements Serializable {
    private static final long serialVersionUID = 1L;

    private Object writeReplace() {
      return null;
    }
  }

  /** A loader that does not know this provider, as in OSGi. */
  @Test
  void deserialize_managersLoaderKnowsTheJdkOnly_isRead() throws Exception {
    JavaSerialization ofPlatform = new JavaSerialization(ClassLoader.getPlatformClassLoader());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try {
      byte[] bytes = ofPlatform.serialize(new ArrayList<>(List.of(1, BigDecimal.ONE)));
      assertThat(ofPlatform.deserialize(bytes)).isEqualTo(List.of(1, BigDecimal.ONE));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void readExternal_unknownNumber_isRefused() {
    for (int number : new int[] {-1, 100}) {
      byte[] block = {
        (byte) 0xac, (byte) 0xed, 0, 5, 0x77, 1, (byte) number // a header and a block of one byte
      };
      assertThatThrownBy(
              () ->
                  new PackedValue()
                      .readExternal(new ObjectInputStream(new ByteArrayInputStream(block))))
          .isInstanceOf(StreamCorruptedException.class)
          .hasMessageContaining("number " + number);
    }
  }

  private Object copy(Object value) throws Exception {
    return serialization.deserialize(serialization.serialize(value));
  }

  private record Invoice(Integer number, BigDecimal sum, Date due) implements Serializable {}

  /** Writes what it has in its own way. */
  private static final class Account implements Serializable {
    private static final long serialVersionUID = 1L;

    private final UUID id;
    private transient Long balance;

    Account(UUID id, Long balance) {
      this.id = id;
      this.balance = balance;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      out.writeUnshared(balance);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      balance = (Long) in.readUnshared();
    }
  }

  private static final class Priced extends BigDecimal {
    private static final long serialVersionUID = 1L;

    private final String currency;

    Priced(String number, String currency) {
      super(number);
      this.currency = currency;
    }
  }
}
