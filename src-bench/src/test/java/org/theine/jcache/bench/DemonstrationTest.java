package org.theine.jcache.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line; the passes have tests of their own. */
final class DemonstrationTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void run_unknownOption_namesItAndTheKnownOnes() throws InterruptedException {
    assertThat(run("--ouput", "x")).isEqualTo(2);
    assertThat(errors()).contains("'--ouput'", "--out FILE", "--help");
  }

  @Test
  void run_outWithoutFile_saysSo() throws InterruptedException {
    assertThat(run("--out")).isEqualTo(2);
    assertThat(errors()).contains("--out must be followed by a file");
  }

  @Test
  void run_outEmpty_saysSo() throws InterruptedException {
    assertThat(run("--out", "")).isEqualTo(2);
    assertThat(errors()).contains("--out must be a file name: ''");
  }

  @Test
  void run_outIsAFolder_namesIt(@TempDir Path folder) throws InterruptedException {
    assertThat(run("--out", folder.toString())).isEqualTo(2);
    assertThat(errors()).contains(folder + ": must be a file, but is a folder");
  }

  @Test
  void run_outBelowAFile_namesIt(@TempDir Path folder) throws IOException, InterruptedException {
    Path file = Files.createFile(folder.resolve("file"));
    Path page = file.resolve("page.html");

    assertThat(run("--out", page.toString())).isEqualTo(2);
    assertThat(errors()).contains(page + ": must be a file that can be written");
  }

  @Test
  void run_help_printsTheUsageAndDoesNothingElse() throws InterruptedException {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(Options.USAGE);
    assertThat(errors()).isEmpty();
  }

  private int run(String... arguments) throws InterruptedException {
    return Demonstration.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
