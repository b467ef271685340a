package org.theine.jcache.bench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command, from its line to its files. */
final class ReplayTest {
  private static final String HEAD =
      "name\tspec\tsizes\trequests\tdistinct\tclass\torigin\tlicence\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;
  private Path results;

  @BeforeEach
  void choosePlace() {
    results = folder.resolve("results");
  }

  @Test
  void run_folder_writesTableAndPage() throws IOException, InterruptedException {
    manifest("loop\tloop 3 9\t2\t9\t3\tsynthetic\tgenerated\town\n");
    Files.writeString(
        folder.resolve("reference.csv"), "trace,size,policy,hit_ratio\nloop,2,arc,0.25\n");

    assertThat(run("--providers", "theine", "--shards", "1,2", "--threads", "2", "--repeats", "1"))
        .isZero();
    assertThat(Files.readAllLines(results.resolve("replay.csv")))
        .contains("loop,2,lru,0.00000,,1,0.00000,no,", "loop,2,opt,0.44444,,1,0.00000,no,")
        .anyMatch(line -> line.startsWith("loop,2,theine,0."))
        .anyMatch(line -> line.startsWith("loop,2,theine-1shards,0."))
        .anyMatch(line -> line.startsWith("loop,2,theine-2shards,0."))
        .anyMatch(line -> line.startsWith("loop,2,theine-2threads,0."));
    assertThat(results.resolve("replay.html")).content().contains("<strong>loop</strong>", "arc");
    assertThat(text(out)).contains("theine-2threads", "lru 0.00", "worst to LRU");
    try (Stream<Path> files = Files.list(results)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void run_weightedTrace_isReplayedByThoseThatWeigh() throws IOException, InterruptedException {
    manifest("sized\tsized 100 1 zipf 1 50 500 1\t900\t\t\tsynthetic\tgenerated\town\n");

    assertThat(run("--providers", "theine,ehcache,caffeine", "--threads", "2")).isZero();
    assertThat(Files.readAllLines(results.resolve("replay.csv")))
        .extracting(line -> line.split(",")[2])
        .containsExactly("policy", "lru", "theine", "caffeine");
    assertThat(results.resolve("replay.html")).content().contains("Bounds of weight");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--providers theine,guava; unknown provider 'guava'; the providers are theine, caffeine,",
        "--ouput x; unknown option '--ouput'",
        "--out; --out must be followed by a value",
        "--sizes many; --sizes must be a positive whole number: 'many'",
        "--repeats 0; --repeats must be a positive whole number: '0'",
        "--shards 3; must be a power of two",
        "--only (; --only must be a regular expression: '('",
        "--only none; no trace is left by --only and --sizes",
        "--sizes 1; no trace is left by --only and --sizes",
      })
  void run_wrongOption_namesItAndWritesNothing(String options, String rule) throws Exception {
    manifest("loop\tloop 3 9\t2\t9\t3\tsynthetic\tgenerated\town\n");

    assertThat(run(options.split(" "))).isEqualTo(2);
    assertThat(text(err)).contains(rule);
    assertThat(results).doesNotExist();
  }

  @Test
  void run_wrongManifest_namesTheColumnAndWritesNothing() throws Exception {
    Files.writeString(folder.resolve("manifest.tsv"), "name\tspec\tbounds\n");

    assertThat(run()).isEqualTo(2);
    assertThat(text(err)).contains("manifest.tsv line 1: column 3 must be 'sizes': 'bounds'");
    assertThat(results).doesNotExist();
  }

  @Test
  void run_missingTrace_isNamedAndNothingWritten() throws Exception {
    manifest("a\tgone.tht.gz\t2\t\t\tweb\t\t\n");

    assertThat(run()).isEqualTo(2);
    assertThat(text(err)).contains("line 2", "no such file in " + folder + ": gone.tht.gz");
    assertThat(results).doesNotExist();
  }

  @Test
  void run_brokenTrace_isNamedAndNothingWritten() throws Exception {
    Files.writeString(folder.resolve("broken.tht.gz"), "THTRACE1");
    manifest("loop\tloop 3 9\t2\t\t\tx\t\t\nbroken\tbroken.tht.gz\t2\t\t\tx\t\t\n");

    assertThat(run("--providers", "theine")).isEqualTo(2);
    assertThat(text(err)).contains("broken.tht.gz: must be a complete gzip file");
    assertThat(results).isEmptyDirectory();
  }

  @Test
  void run_otherNumberOfRequests_isRefused() throws Exception {
    manifest("loop\tloop 3 9\t2\t10\t\tx\t\t\n");

    assertThat(run("--providers", "theine")).isEqualTo(2);
    assertThat(text(err)).contains("the manifest says 10 requests, the trace has 9: loop");
  }

  @Test
  void run_sameTraceTwice_isRefused() throws Exception {
    manifest("web12\tloop 3 9\t2\t\t\tx\t\t\n");

    assertThat(run("--with-shipped")).isEqualTo(2);
    assertThat(text(err)).contains("two manifests have a trace of this name: web12");
  }

  @Test
  void run_help_printsTheUsage() throws InterruptedException {
    assertThat(run("--help")).isZero();
    assertThat(text(out)).isEqualTo(ReplayOptions.USAGE);
  }

  private void manifest(String rows) throws IOException {
    Files.writeString(folder.resolve("manifest.tsv"), HEAD + rows);
  }

  private int run(String... arguments) throws InterruptedException {
    String[] common = {"--traces", folder.toString(), "--out", results.toString()};
    return Replay.run(
        Stream.concat(Stream.of(common), Stream.of(arguments)).toArray(String[]::new),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
