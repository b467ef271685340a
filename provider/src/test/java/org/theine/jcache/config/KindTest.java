package org.theine.jcache.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.theine.jcache.store.StoreSettings;

/** What values are read as, and which texts are none. */
final class KindTest {

  @ParameterizedTest
  @CsvSource({
    "30m, MINUTES, 30",
    "30 m, MINUTES, 30",
    "90s, SECONDS, 90",
    "60s, MINUTES, 1",
    "1.5h, MINUTES, 90",
    "24h, DAYS, 1",
    "2 days, DAYS, 2",
    "500ms, MILLISECONDS, 500",
    "1000 MILLIS, SECONDS, 1",
    "10 minutes, MINUTES, 10",
    "1.5ms, MILLISECONDS, 1",
    "1 d, DAYS, 1",
    "1 hour, HOURS, 1"
  })
  void duration_withUnit_isExact(String text, TimeUnit unit, long amount) {
    Duration duration = (Duration) Kind.DURATION.read(text);

    assertThat(duration).isNotNull();
    assertThat(duration.getTimeUnit()).isEqualTo(unit);
    assertThat(duration.getDurationAmount()).isEqualTo(amount);
  }

  @Test
  void duration_eternal_isThatOfJCache() {
    assertThat(Kind.DURATION.read("Eternal")).isEqualTo(Duration.ETERNAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "0",
        "0s",
        "-1s",
        "0.5ms",
        "1ns",
        "1us",
        "s",
        "1 fortnight",
        "1e3s",
        "9223372036854775807d",
        "107000 d",
        "1h30m",
        "1,5h",
        "∞"
      })
  void duration_withoutUnitOrOutOfRange_isNone(String text) {
    assertThat(Kind.DURATION.read(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "10000, 10000", "9223372036854775806, 9223372036854775806"})
  void count_wholeNumber_isRead(String text, long count) {
    assertThat(Kind.COUNT.read(text)).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1.0", "1e3", "12X", "9223372036854775808", "many", "1 0"})
  void count_anythingElse_isNone(String text) {
    assertThat(Kind.COUNT.read(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"128M, 134217728", "1.5 KiB, 1536", "7, 7"})
  void size_withAndWithoutUnit_isRead(String text, long size) {
    assertThat(Kind.SIZE.read(text)).isEqualTo(size);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"COUNT", "SIZE"})
  void bound_unbounded_isReadAsSuch(Kind kind) {
    assertThat(kind.read("unbounded")).isEqualTo(Kind.UNBOUNDED);
    assertThat(kind.read("Unbounded")).isEqualTo(Kind.UNBOUNDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "12X", "-1M", "M"})
  void size_anythingElse_isNone(String text) {
    assertThat(Kind.SIZE.read(text)).isNull();
  }

  @Test
  void shards_uptoTheStoresMaximum_areRead() {
    assertThat(Kind.SHARDS.read(String.valueOf(StoreSettings.MAXIMUM_SHARDS)))
        .isEqualTo(StoreSettings.MAXIMUM_SHARDS);
    assertThat(Kind.SHARDS.read(String.valueOf(2 * StoreSettings.MAXIMUM_SHARDS))).isNull();
    assertThat(Kind.SHARDS.read("1")).isEqualTo(1);
    assertThat(Kind.SHARDS.read("3")).isNull();
    assertThat(Kind.SHARDS.read("0")).isNull();
    assertThat(Kind.SHARDS.read("9223372036854775807")).isNull();
  }

  @Test
  void switch_itsWords_areRead() {
    assertThat(List.of("on", "true", "YES"))
        .allMatch(text -> Boolean.TRUE == Kind.SWITCH.read(text));
    assertThat(List.of("off", "False", "no"))
        .allMatch(text -> Boolean.FALSE == Kind.SWITCH.read(text));
    assertThat(List.of("", "1", "0", "enabled")).allMatch(text -> Kind.SWITCH.read(text) == null);
  }

  @Test
  void className_withStrangeCharacters_isNone() {
    assertThat(List.of("a.B", "B", "a.b.C$D", "ä.Ö_1"))
        .allMatch(text -> text.equals(Kind.CLASS.read(text)));
    assertThat(List.of("", ".", "a.", "a..B", "a b", "1a", "a/B", "[I"))
        .allMatch(text -> Kind.CLASS.read(text) == null)
        .allMatch(text -> Kind.TYPE.read(text) == null);
  }

  @Test
  void classes_withCommas_areAList() {
    assertThat(Kind.TYPES.read("a.B, a.C,")).isEqualTo(List.of("a.B", "a.C"));
    assertThat(Kind.TYPES.read("a.B, a C")).isNull();
    assertThat(Kind.LISTENERS.read("a.B"))
        .isEqualTo(List.of(new ListenerSettings("a.B", null, false, false)));
  }
}
