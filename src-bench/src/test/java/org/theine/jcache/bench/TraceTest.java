package org.theine.jcache.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TraceTest {
  private static final long[] KEYS = {
    7, 7, 0, -1, 300, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 7
  };

  @Test
  void read_everyKindOfDifference_givesTheKeysAgain() throws IOException {
    Trace trace = read(packed(KEYS.length, varints(KEYS)));

    assertThat(trace.length()).isEqualTo(KEYS.length);
    for (int i = 0; i < KEYS.length; i++) {
      assertThat(trace.key(i)).as("request %d", i).isEqualTo(KEYS[i]);
    }
  }

  @Test
  void read_repeatedKeys_numbersThemByFirstAppearance() throws IOException {
    Trace trace = read(packed(KEYS.length, varints(KEYS)));

    int[] ids = new int[trace.length()];
    Arrays.setAll(ids, trace::id);
    assertThat(ids).containsExactly(0, 0, 1, 2, 3, 4, 5, 4, 0);
    assertThat(trace.distinct()).isEqualTo(6);
  }

  @Test
  void read_noRequests_givesAnEmptyTrace() throws IOException {
    assertThat(read(packed(0, new byte[0])).length()).isZero();
  }

  @Test
  void read_file_namesItself(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("some.tht.gz"), packed(1, varints(5)));

    assertThat(Trace.read(file).name()).isEqualTo(file.toString());
    assertThat(Trace.read(file).key(0)).isEqualTo(5);
  }

  @Test
  void read_otherMagic_isRefused() {
    assertRefused(gzip("THTRACE2........".getBytes(StandardCharsets.US_ASCII)), "THTRACE1");
  }

  @Test
  void read_notGzip_isRefused() {
    assertRefused("THTRACE1........".getBytes(StandardCharsets.US_ASCII), "gzip");
  }

  @Test
  void read_headerCutOff_isRefused() {
    assertRefused(gzip("THTRACE1....".getBytes(StandardCharsets.US_ASCII)), "8 bytes");
  }

  @Test
  void read_negativeCount_isRefused() {
    assertRefused(packed(-3, new byte[0]), "request count must be 0 to 2147483639: -3");
  }

  @Test
  void read_countBeyondTheRequests_isRefused() {
    assertRefused(packed(1_000_000_000, varints(1, 2)), "ends after 2 of 1000000000 requests");
  }

  @Test
  void read_requestsBeyondTheCount_isRefused() {
    assertRefused(packed(1, varints(1, 2)), "must end after its 1 requests");
  }

  @Test
  void read_endlessVarint_isRefused() {
    byte[] endless = new byte[11];
    Arrays.fill(endless, (byte) 0x80);
    assertRefused(packed(1, endless), "at most 10 bytes: request 0");
  }

  @Test
  void read_fileCutOff_isRefused() {
    byte[] whole = packed(KEYS.length, varints(KEYS));
    assertRefused(Arrays.copyOf(whole, whole.length - 6), "complete gzip file");
  }

  @Test
  void resource_unknown_isNamed() {
    assertThatThrownBy(() -> Trace.resource("web13"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("web13.tht.gz");
  }

  @Test
  void resource_web12_isTheTraceOfThatName() throws IOException {
    Trace trace = Trace.resource("web12");

    assertThat(trace.name()).isEqualTo("web12");
    assertThat(trace.length()).isEqualTo(95_607);
    assertThat(trace.distinct()).isEqualTo(13_756);
  }

  private static void assertRefused(byte[] file, String rule) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("file.tht.gz: ")
        .hasMessageContaining(rule);
  }

  private static Trace read(byte[] file) throws IOException {
    return Trace.read("file.tht.gz", new ByteArrayInputStream(file));
  }

  private static byte[] packed(long count, byte[] requests) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeBytes("THTRACE1");
      out.writeLong(count);
      out.write(requests);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return gzip(bytes.toByteArray());
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] varints(long... keys) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long previous = 0;
    for (long key : keys) {
      long difference = key - previous;
      long rest = (difference << 1) ^ (difference >> 63);
      while ((rest & ~0x7fL) != 0) {
        bytes.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      bytes.write((int) rest);
      previous = key;
    }
    return bytes.toByteArray();
  }
}
