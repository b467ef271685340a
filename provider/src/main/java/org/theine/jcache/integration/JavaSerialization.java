package org.theine.jcache.integration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamConstants;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Java serialisation for objects that stay in memory. Safe for use by any thread.
 *
 * <p>It reads back only classes that it has itself written, and finds them by the class loader of
 * the cache's manager; a class that is not known there is looked for by the thread's context class
 * loader.
 */
final class JavaSerialization implements Serialization {
  /*
   * The bytes never leave the machine, so they need not say what the machine knows. Where a stream
   * describes a class, by its name and those of its fields and their types, a number stands here, that of the
   * class among the SerializedClasses. So a small bean takes a fraction of the bytes, and most of
   * the work of reading one, to build descriptors from the stream, is saved. There is no header.
   *
   * A number that was never given, or an interface of a proxy that was never written, is refused before
   * any class is loaded. So bytes that came from elsewhere cannot call up classes that the user never stored.
   * There are no limits of size, since whatever is read was an object of this machine.
   *
   * Numbers and their like are written as PackedValues, unless there is a filter for all streams, which
   * would have to allow a class that it does not know. A filter that comes later is not shown that class.
   *
   * The check is made where the stream resolves a class, not in an ObjectInputFilter: a filter also
   * sees what readResolve returned and the arrays that collections allocate, which no stream names,
   * and would have to guess. The filter that the machine's administrator set (jdk.serialFilter) is
   * installed by the JDK in each stream and is asked as well.
   *
   * A stream to read from is some 3 KB of buffers and tables, more than most of what is read from it.
   * So a few are kept, and used by one thread at a time. After each object it reads a reset,
   * which makes it forget the object, and null. One whose object could not be read is
   * not used again; nor one that has read a large object, since its tables keep the size that they have grown to; nor
   * one with a filter, which may limit what is read by one stream in all. A filter that is set later than the
   * first object is read, Config.setSerialFilter, is asked by streams that are made after that only.
   */

  /** Streams that are kept, at most. */
  private static final int MAXIMUM_KEPT = 16;

  /** Bytes of the largest object after which a stream is kept. */
  private static final int LARGEST_KEPT = 1 << 13;

  private final SerializedClasses classes;
  private final AtomicReferenceArray<@Nullable Input> kept;

  /** Null until something is written, since a stream is needed to find out. */
  private volatile @Nullable Boolean packs;

  JavaSerialization(@Nullable ClassLoader classLoader) {
    classes = new SerializedClasses(classLoader);
    int processors = Runtime.getRuntime().availableProcessors();
    kept =
        new AtomicReferenceArray<>(Math.min(MAXIMUM_KEPT, Integer.highestOneBit(2 * processors)));
  }

  @Override
  public byte[] serialize(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (ObjectOutputStream out = new Output(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  @Override
  public Object deserialize(byte[] bytes) throws IOException, ClassNotFoundException {
    int place = (int) Thread.currentThread().getId() & kept.length() - 1;
    Input idle = kept.getAndSet(place, null); // reading may run user code, which may read
    Input in = idle == null ? new Input(new Feed()) : idle;
    Object value = in.objectOf(bytes);
    if (bytes.length <= LARGEST_KEPT && in.getObjectInputFilter() == null) {
      kept.set(place, in);
    }
    return value;
  }

  /**
   * Whether values are packed: not if streams have a filter, which a factory may have made that
   * cannot be asked, nor if they may not put anything in the place of what they read.
   */
  private boolean packs() throws IOException {
    Boolean known = packs;
    if (known == null) {
      Input in = new Input(new Feed());
      known = in.unpacks && in.getObjectInputFilter() == null;
      packs = known;
    }
    return known && ObjectInputFilter.Config.getSerialFilter() == null;
  }

  private final class Output extends ObjectOutputStream {

    Output(OutputStream out) throws IOException {
      super(out);
      if (packs()) {
        enableReplaceObject(true);
      }
    }

    @Override
    protected @Nullable Object replaceObject(@Nullable Object object) {
      return PackedValue.packed(object);
    }

    @Override
    protected void writeStreamHeader() {
      // None is read.
    }

    @Override
    protected void writeClassDescriptor(ObjectStreamClass type) throws IOException {
      writeInt(classes.number(type.forClass()));
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
      classes.addProxy(type);
    }
  }

  private final class Input extends ObjectInputStream {
    private final Feed feed;

    /** Whether it may put values in the place of what was packed. */
    private final boolean unpacks;

    /** The class that was described last. */
    private SerializedClasses.@Nullable Known described;

    Input(Feed feed) throws IOException {
      super(feed);
      this.feed = feed;
      unpacks = unpacks();
      if (Boolean.TRUE.equals(packs)) {
        allowPacked();
      }
    }

    private boolean unpacks() {
      try {
        enableResolveObject(true);
        return true;
      } catch (SecurityException e) { // a manager that allows no substitution
        return false;
      }
    }

    /**
     * A filter is asked about the value that was packed, and need not know what it is packed in.
     */
    private void allowPacked() {
      ObjectInputFilter filter = getObjectInputFilter();
      if (filter != null) {
        setObjectInputFilter(
            info ->
                info.serialClass() == PackedValue.class
                    ? ObjectInputFilter.Status.ALLOWED
                    : filter.checkInput(info));
      }
    }

    Object objectOf(byte[] bytes) throws IOException, ClassNotFoundException {
      feed.begin(bytes);
      Object value = readObject();
      if (readObject() != null || !feed.isRead()) {
        throw new StreamCorruptedException("bytes that are not those of one object");
      }
      feed.end();
      return value;
    }

    @Override
    protected void readStreamHeader() {
      // None was written.
    }

    @Override
    protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
      SerializedClasses.Known known = classes.known(readInt());
      described = known;
      return ObjectStreamClass.lookupAny(classes.written(known));
    }

    /** Follows {@link #readClassDescriptor} at once, before anything else is read. */
    @Override
    protected Class<?> resolveClass(ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      SerializedClasses.Known known = described;
      if (known == null) {
        throw new StreamCorruptedException("a class without its number: " + type.getName());
      }
      return classes.readAs(known);
    }

    @Override
    protected @Nullable Object resolveObject(@Nullable Object object) {
      return PackedValue.unpacked(object);
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces)
        throws IOException, ClassNotFoundException {
      return classes.proxy(interfaces);
    }
  }

  /** The bytes of one object after the other, each with a reset and null behind it. */
  private static final class Feed extends InputStream {
    private static final byte[] NOTHING = {};
    private static final byte[] BEHIND = {
      ObjectStreamConstants.TC_RESET, ObjectStreamConstants.TC_NULL
    };

    private byte[] bytes = NOTHING;
    private int at;

    void begin(byte[] next) {
      bytes = next;
      at = 0;
    }

    /** Whether all was read. */
    boolean isRead() {
      return at == bytes.length + BEHIND.length;
    }

    void end() {
      bytes = NOTHING;
    }

    @Override
    public int read() {
      if (isRead()) {
        return -1;
      }
      byte next = at < bytes.length ? bytes[at] : BEHIND[at - bytes.length];
      at++;
      return next & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (length == 0) {
        return 0;
      }
      if (at >= bytes.length) {
        int next = read();
        if (next < 0) {
          return -1;
        }
        target[offset] = (byte) next;
        return 1;
      }
      int count = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, target, offset, count);
      at += count;
      return count;
    }
  }
}
