package org.theine.jcache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "4096, 4096",
    "7B, 7",
    "512K, 524288",
    "512 KiB, 524288",
    "512kb, 524288",
    "128M, 134217728",
    "100mB, 104857600",
    "1.5G, 1610612736",
    "2GiB, 2147483648",
    "3t, 3298534883328",
    "' 8 M ', 8388608",
    "9223372036854775807, 9223372036854775807"
  })
  void parse_sizeOfOneByteOrMore_returnsBytes(String text, long bytes) {
    assertThat(Sizes.parse("maximumBytes", text)).isEqualTo(bytes);
  }

  @Test
  void parse_fractionOfAByte_isCutOff() {
    assertThat(Sizes.parse("maximumBytes", "1.9")).isEqualTo(1);
    assertThat(Sizes.parse("maximumBytes", "0.001K")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "M", "12X", "-3", "+3", "1e3", "1,5G", ".5G", "1.G", "1 0", "5PB", "\u0663"})
  void parse_textThatIsNoSize_namesTextAndRule(String text) {
    assertThatThrownBy(() -> Sizes.parse("maximumBytes", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "maximumBytes must be a number of bytes, or a number and one of K, M, G, T: " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0M", "0.5", "0.0", "0.0005K"})
  void parse_lessThanAByte_namesTextAndRule(String text) {
    assertThatThrownBy(() -> Sizes.parse("maximumBytes", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maximumBytes must be positive: " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "8388608T", "9999999999999999999G"})
  void parse_moreThanALongHolds_isRefused(String text) {
    assertThatThrownBy(() -> Sizes.parse("maximumBytes", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be at most")
        .hasMessageEndingWith(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "1023, 1023",
    "1024, 1K",
    "1536, 1536",
    "134217728, 128M",
    "3298534883328, 3T"
  })
  void format_bytes_usesTheLargestUnitThatFits(long bytes, String text) {
    assertThat(Sizes.format(bytes)).isEqualTo(text);
  }

  @Test
  void format_anyNumber_isParsedBack() {
    long seed = 107;
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      long bytes = Math.max(1, random.nextLong() >>> (1 + random.nextInt(60)));
      bytes = Math.max(1, bytes & -(1L << random.nextInt(45)));
      assertThat(Sizes.parse("size", Sizes.format(bytes))).as("seed %d", seed).isEqualTo(bytes);
    }
  }
}
