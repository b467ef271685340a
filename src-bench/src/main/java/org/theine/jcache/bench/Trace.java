package org.theine.jcache.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A recorded sequence of requests, one key each, in order. Immutable, so safe for any thread. */
public final class Trace {
  /*
   * The file format, THTRACE1: gzip of the eight ASCII characters THTRACE1, the number of requests
   * (eight bytes, big-endian), then for each request the difference of its key to the key before
   * (the first: to 0) as a zigzag LEB128 varint of a signed 64-bit number. Nothing follows.
   */
  private static final byte[] MAGIC = "THTRACE1".getBytes(StandardCharsets.US_ASCII);

  /** A file that claims more is refused: its keys would not fit into one array. */
  private static final int MAXIMUM_REQUESTS = Integer.MAX_VALUE - 8;

  /** What is allocated before the first request was read; a claimed count is not trusted. */
  private static final int INITIAL_REQUESTS = 1 << 16;

  private final String name;
  private final long[] keys;
  private final int[] ids;
  private final int distinct;

  private Trace(String name, long[] keys) {
    this.name = name;
    this.keys = keys;
    this.ids = new int[keys.length];
    Map<Long, Integer> known = new HashMap<>();
    for (int i = 0; i < keys.length; i++) {
      Integer next = known.size();
      Integer id = known.putIfAbsent(keys[i], next);
      ids[i] = (id == null) ? next : id;
    }
    this.distinct = known.size();
  }

  /** Makes a trace of the given keys. */
  public static Trace of(String name, long... keys) {
    return new Trace(name, keys.clone());
  }

  /** Reads a trace file; a failure names the file and the rule it breaks. */
  public static Trace read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    }
  }

  /** Reads the trace shipped beside this class as {@code name.tht.gz}. */
  public static Trace resource(String name) throws IOException {
    String file = name + ".tht.gz";
    try (InputStream in = Trace.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException(file + ": no such resource in " + Trace.class.getPackageName());
      }
      return new Trace(name, read(file, in).keys);
    }
  }

  /** Reads a trace from a stream; {@code name} is what errors call it. */
  static Trace read(String name, InputStream compressed) throws IOException {
    try (InputStream in = new BufferedInputStream(new GZIPInputStream(compressed, 1 << 16))) {
      return new Trace(name, readKeys(name, in));
    } catch (ZipException | EOFException e) {
      throw new IOException(name + ": must be a complete gzip file (" + e.getMessage() + ")", e);
    }
  }

  private static long[] readKeys(String name, InputStream in) throws IOException {
    int requests = readHeader(name, in);
    long[] keys = new long[Math.min(requests, INITIAL_REQUESTS)];
    long key = 0;
    for (int i = 0; i < requests; i++) {
      if (i == keys.length) {
        keys = Arrays.copyOf(keys, (int) Math.min(requests, 2L * i));
      }
      key += readDifference(name, in, i, requests);
      keys[i] = key;
    }
    if (in.read() >= 0) {
      throw new IOException(name + ": must end after its " + requests + " requests, but goes on");
    }
    return keys;
  }

  private static int readHeader(String name, InputStream in) throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IOException(name + ": must begin with THTRACE1");
    }
    byte[] count = in.readNBytes(Long.BYTES);
    if (count.length < Long.BYTES) {
      throw new IOException(name + ": must have a request count of 8 bytes after THTRACE1");
    }
    long requests = ByteBuffer.wrap(count).getLong();
    if (requests < 0 || requests > MAXIMUM_REQUESTS) {
      throw new IOException(
          name + ": request count must be 0 to " + MAXIMUM_REQUESTS + ": " + requests);
    }
    return (int) requests;
  }

  private static long readDifference(String name, InputStream in, int index, int requests)
      throws IOException {
    long zigzag = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = in.read();
      if (next < 0) {
        throw new IOException(name + ": ends after " + index + " of " + requests + " requests");
      }
      zigzag |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw new IOException(name + ": a key must take at most 10 bytes: request " + index);
  }

  /** The name of the file or resource, for people. */
  public String name() {
    return name;
  }

  /** The number of requests. */
  public int length() {
    return keys.length;
  }

  /** The number of different keys. */
  public int distinct() {
    return distinct;
  }

  /** The key of request {@code index}. */
  public long key(int index) {
    return keys[index];
  }

  /** The keys of all requests, in order. */
  public long[] keys() {
    return keys.clone();
  }

  /** The key of request {@code index}, numbered by first appearance: 0 to {@link #distinct()}. */
  public int id(int index) {
    return ids[index];
  }
}
