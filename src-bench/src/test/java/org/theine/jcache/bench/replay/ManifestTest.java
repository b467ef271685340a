package org.theine.jcache.bench.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManifestTest {
  private static final String HEAD =
      "name\tspec\tsizes\trequests\tdistinct\tclass\torigin\tlicence";

  @Test
  void parse_rows_haveWhatTheySay() throws IOException {
    List<TraceRow> rows =
        parse(
            HEAD,
            "# a comment",
            "",
            "a.b-1\tloop 3 9\t1,2,30\t9\t3\tloop\tgenerated\town",
            "w\tsized 100 1 loop 3 9\t500\t\t\tsynthetic, weighted\tgenerated\town",
            "p\tloop 2 4 | loop 2 4\t1\t\t\tphases: two\tgenerated\town");

    assertThat(rows).hasSize(3);
    TraceRow first = rows.get(0);
    assertThat(first.name()).isEqualTo("a.b-1");
    assertThat(first.sizes()).containsExactly(1L, 2L, 30L);
    assertThat(first.requests()).isEqualTo(9);
    assertThat(rows).extracting(TraceRow::real).containsExactly(true, false, false);
    assertThat(rows.get(1).spec().make("w").weighted()).isTrue();
    assertThat(rows.get(2).spec().make("p").trace().distinct()).isEqualTo(4);
  }

  @Test
  void shipped_everyTrace_hasTheRequestsItSays() throws IOException {
    for (TraceRow row : Manifest.shipped()) {
      assertThat(row.requests()).as(row.name()).isPositive();
      assertThat(row.spec().make(row.name()).trace().length())
          .as(row.name())
          .isEqualTo((int) row.requests());
    }
  }

  @Test
  void parse_wrongColumn_isNamed() {
    assertThatThrownBy(() -> parse(HEAD.replace("sizes", "size")))
        .hasMessage("m line 1: column 3 must be 'sizes': 'size'");
  }

  @Test
  void parse_nothing_isRefused() {
    assertThatThrownBy(() -> parse()).hasMessage("m: must begin with the names of its columns");
  }

  @Test
  void parse_sameNameTwice_isRefused() {
    String row = "a\tloop 3 9\t1\t\t\tloop\t\t";
    assertThatThrownBy(() -> parse(HEAD, row, row)).hasMessage("m line 3: name must be new: a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a|loop 3 9|1; must have 8 columns: 3",
        "a b|loop 3 9|1|||loop||; name must be of letters, digits and . _ + -: 'a b'",
        "a|loop 3 9|2,1|||loop||; sizes must be positive, ascending, with commas between: '2,1'",
        "a|loop 3 9|0|||loop||; sizes must be positive, ascending, with commas between: '0'",
        "a|loop 3 9|1|many||loop||; requests must be a count or empty: 'many'",
        "a|loop 3 9|1||| ||; class must say what kind of trace it is",
        "a|lop.gz|1|||loop||; spec 'lop.gz': no such file in nowhere: lop.gz",
        "a|loop 3|1|||loop||; spec 'loop 3': must be loop n requests",
        "a|loop x 9|1|||loop||; spec 'loop x 9': n must be a positive whole number: x",
        "a|loop 0 9|1|||loop||; spec 'loop 0 9': n must be a positive whole number: 0",
        "a|zipf -1 9 9 1|1|||loop||; spec 'zipf -1 9 9 1': s must be a number from 0.0: -1",
        "a|zipf 1 9 9 y|1|||loop||; spec 'zipf 1 9 9 y': seed must be a whole number: y",
        "a|hotband 9 9 5 5 1|1|||x||; "
            + "spec 'hotband 9 9 5 5 1': low must be less than high: 5, 5",
        "a|chain|1|||loop||; spec 'chain': chain must name a file",
        "a|chain f*0|1|||loop||; spec 'chain f*0': times must be a positive whole number: 0",
        "a|sized 100|1|||loop||; spec 'sized 100': ends too early",
        "a|sized 0 1 loop 3 9|1|||x||; spec 'sized 0 1 loop 3 9': median must be a number from "
            + "1.0: 0",
        "a|sized 10 9 loop 3 9|1|||x||; sigma must be 0 to 4: 9.0",
      })
  void parse_wrongRow_namesTheOffenderAndTheRule(String row, String message) {
    assertThatThrownBy(() -> parse(HEAD, row.replace('|', '\t')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("m line 2: " + message);
  }

  @Test
  void folder_withoutManifest_isRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> Manifest.folder(folder))
        .hasMessage(folder + ": must be a folder with a file manifest.tsv");
  }

  private static List<TraceRow> parse(String... lines) {
    return Manifest.parse("m", List.of(lines), new Nowhere());
  }

  /** A place with no files. */
  private record Nowhere() implements TraceFiles {

    @Override
    public String place() {
      return "nowhere";
    }

    @Override
    public boolean has(String file) {
      return false;
    }

    @Override
    public org.theine.jcache.bench.Trace read(String file) {
      throw new AssertionError(file);
    }
  }
}
