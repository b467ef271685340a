package org.theine.jcache.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long nanos;

  @Test
  void show_terminal_drawsTheSameLineAnew() {
    ProgressBar bar = bar(true);
    bar.show("first", 0.5);
    nanos += TimeUnit.SECONDS.toNanos(1);
    bar.show("second", 1);

    assertThat(text()).doesNotContain("\n").contains("\r[" + "#".repeat(30) + "] 100 %  second");
    assertThat(text().split("\r")).allMatch(line -> line.isEmpty() || line.length() == 78);
  }

  @Test
  void show_noTerminal_printsALineNowAndThen() {
    ProgressBar bar = bar(false);
    bar.show("first", 0);
    nanos += TimeUnit.SECONDS.toNanos(1);
    bar.show("second", 0.1);
    nanos += TimeUnit.SECONDS.toNanos(5);
    bar.show("third", 0.6);

    assertThat(text().lines())
        .containsExactly(
            "[" + ".".repeat(30) + "]   0 %  first",
            "[" + "#".repeat(18) + ".".repeat(12) + "]  60 %  third");
    assertThat(text()).doesNotContain("\r[");
  }

  @Test
  void close_terminal_leavesAnEmptyLine() {
    ProgressBar bar = bar(true);
    bar.show("work", 0.5);
    bar.close();

    assertThat(text()).endsWith("\r" + " ".repeat(78) + "\r");
  }

  @Test
  void close_nothingShown_printsNothing() {
    bar(true).close();

    assertThat(text()).isEmpty();
  }

  private ProgressBar bar(boolean terminal) {
    return new ProgressBar(out, terminal, () -> nanos);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
