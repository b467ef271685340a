package org.theine.jcache.integration;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.StreamCorruptedException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a stream for a value of a class of the JDK that beans have for attributes. For one
 * thread.
 */
final class PackedValue implements Externalizable {
  /*
   * Whoever reads a stream pays for each class in it, whatever is said of it there: the JDK makes its
   * description anew, 200 bytes and 250 more if it has fields, and most classes have one above them. An
   * Integer beside a BigDecimal are four such. In their place there is this one class, without fields.
   *
   * Each number takes four bytes more in the stream than it would; a list of a hundred is read as fast as before,
   * with a third of the allocation, and a bean with three kinds of them twice as fast.
   *
   * Only values that cannot change are packed: of two places that have the same one each may come to have its own,
   * and small numbers are those that the JDK keeps. Dates of java.time are not: they are written as another class
   * before anybody is asked for what stands in for them.
   */

  private static final long serialVersionUID = 1;

  /** Writes what the value is made of. */
  private interface Writing<T> {
    void write(T value, ObjectOutput out) throws IOException;
  }

  /** Makes the value of what was written. */
  private interface Reading<T> {
    T read(ObjectInput in) throws IOException;
  }

  private record Form<T>(Class<T> type, Writing<T> writing, Reading<T> reading) {
    void write(Object value, ObjectOutput out) throws IOException {
      writing.write(type.cast(value), out);
    }
  }

  /** By their numbers in the stream; of exactly these classes, since a subclass has more to it. */
  private static final List<Form<?>> FORMS =
      List.of(
          new Form<>(
              Boolean.class, (value, out) -> out.writeBoolean(value), ObjectInput::readBoolean),
          new Form<>(Byte.class, (value, out) -> out.writeByte(value), ObjectInput::readByte),
          new Form<>(Short.class, (value, out) -> out.writeShort(value), ObjectInput::readShort),
          new Form<>(Character.class, (value, out) -> out.writeChar(value), ObjectInput::readChar),
          new Form<>(Integer.class, (value, out) -> out.writeInt(value), ObjectInput::readInt),
          new Form<>(Long.class, (value, out) -> out.writeLong(value), ObjectInput::readLong),
          new Form<>(
              Float.class,
              (value, out) -> out.writeInt(Float.floatToRawIntBits(value)),
              in -> Float.intBitsToFloat(in.readInt())),
          new Form<>(
              Double.class,
              (value, out) -> out.writeLong(Double.doubleToRawLongBits(value)),
              in -> Double.longBitsToDouble(in.readLong())),
          new Form<>(BigInteger.class, PackedValue::write, PackedValue::readInteger),
          new Form<>(BigDecimal.class, PackedValue::write, PackedValue::readDecimal),
          new Form<>(
              UUID.class,
              (value, out) -> {
                out.writeLong(value.getMostSignificantBits());
                out.writeLong(value.getLeastSignificantBits());
              },
              in -> new UUID(in.readLong(), in.readLong())));

  private static final Map<Class<?>, Integer> NUMBERS = numbers();

  private transient @Nullable Object value; // written and read by hand

  /** For the stream that reads it, which calls public constructors only. */
  public PackedValue() {}

  private PackedValue(Object value) {
    this.value = value;
  }

  private static Map<Class<?>, Integer> numbers() {
    Map<Class<?>, Integer> numbers = new HashMap<>();
    for (Form<?> form : FORMS) {
      numbers.put(form.type, numbers.size());
    }
    return Map.copyOf(numbers);
  }

  /** What is written in the place of an object: something that is packed, or itself. */
  static @Nullable Object packed(@Nullable Object object) {
    return object != null && NUMBERS.containsKey(object.getClass())
        ? new PackedValue(object)
        : object;
  }

  /** What an object that was read stands for: what was packed, or itself. */
  static @Nullable Object unpacked(@Nullable Object object) {
    return object instanceof PackedValue packed ? packed.value : object;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    assert value != null : "made with one";
    int number = NUMBERS.get(value.getClass());
    out.writeByte(number);
    FORMS.get(number).write(value, out);
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    int number = in.readByte();
    if (number < 0 || number >= FORMS.size()) {
      throw new StreamCorruptedException("no value is packed as number " + number);
    }
    value = FORMS.get(number).reading.read(in);
  }

  private static void write(BigInteger integer, ObjectOutput out) throws IOException {
    byte[] bytes = integer.toByteArray();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static BigInteger readInteger(ObjectInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new BigInteger(bytes);
  }

  /** Most are as long as a long at most, and are written as one. */
  private static void write(BigDecimal decimal, ObjectOutput out) throws IOException {
    BigInteger unscaled = decimal.unscaledValue();
    boolean isLong = unscaled.bitLength() < Long.SIZE;
    out.writeInt(decimal.scale());
    out.writeBoolean(isLong);
    if (isLong) {
      out.writeLong(unscaled.longValue());
    } else {
      write(unscaled, out);
    }
  }

  private static BigDecimal readDecimal(ObjectInput in) throws IOException {
    int scale = in.readInt();
    return in.readBoolean()
        ? BigDecimal.valueOf(in.readLong(), scale)
        : new BigDecimal(readInteger(in), scale);
  }
}
