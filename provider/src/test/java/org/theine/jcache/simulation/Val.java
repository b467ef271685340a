package org.theine.jcache.simulation;

import java.io.Serializable;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A value that its user can change after he gave it away. Equal by its id alone; the serial number
 * tells apart what is equal, and the mark what was changed.
 */
final class Val implements Serializable {
  private static final long serialVersionUID = 1L;

  final int id;
  final int serial;
  byte mark;

  /** Where its equals is told, or null. */
  private final transient @Nullable World world;

  Val(int id, int serial, int mark, @Nullable World world) {
    this.id = id;
    this.serial = serial;
    this.mark = (byte) mark;
    this.world = world;
  }

  Val copy(@Nullable World copyWorld) {
    return new Val(id, serial, mark, copyWorld);
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(9).putInt(id).putInt(serial).put(mark).array();
  }

  static Val of(byte[] bytes, World world) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Val(buffer.getInt(), buffer.getInt(), buffer.get(), world);
  }

  /** All there is, as a number; never {@link Item#NONE}. */
  long code() {
    return (long) serial << 32 | (mark & 0xffL) << 8 | id + 1;
  }

  static long code(@Nullable Val value) {
    return value == null ? Item.NONE : value.code();
  }

  static String show(long code) {
    if (code == Item.NONE) {
      return "nothing";
    }
    long mark = code >> 8 & 0xff;
    return "v"
        + ((code & 0xff) - 1)
        + "#"
        + Long.toHexString(code >>> 32)
        + (mark == 0 ? "" : "'" + mark);
  }

  @Override
  public boolean equals(@Nullable Object object) {
    if (world != null) {
      world.call(Plug.EQUALS, Item.NO_KEY, code());
    }
    return object instanceof Val other && other.id == id;
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return show(code());
  }
}
