package org.theine.jcache.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All take their turn, and those that fail do not keep the others from it. */
final class RoundsTest {
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  @TempDir private Path folder;

  /** Gives a figure, or fails if it has none. */
  private record Given(String title, double figure) implements Measurable {

    @Override
    public String columns() {
      return title;
    }

    @Override
    public Map<String, Double> measure() throws IOException {
      if (Double.isNaN(figure)) {
        throw new IOException("no figure");
      }
      return Map.of("figure", figure);
    }
  }

  @Test
  void run_twoRounds_writesAndPrintsAll() throws Exception {
    assertThat(run(new Given("a", 1), new Given("b", 2))).isTrue();

    assertThat(Files.readAllLines(file()))
        .containsExactly(
            "who,figure,round,value",
            "a,\"figure\",1,1.000",
            "a,\"figure\",2,1.000",
            "b,\"figure\",1,2.000",
            "b,\"figure\",2,2.000");
    assertThat(printed()).contains("2 measured", file().toString());
  }

  @Test
  void run_oneFails_measuresOthersAndSaysSo() throws Exception {
    assertThat(run(new Given("a", Double.NaN), new Given("b", 2))).isFalse();

    assertThat(printed()).contains("1 measured", "Failed: a: no figure");
  }

  private boolean run(Given... measured) throws IOException, InterruptedException {
    return new Rounds<>(List.of(measured), new PrintStream(text, true, StandardCharsets.UTF_8))
        .run(2, file(), "who", figures -> figures.tasks().size() + " measured");
  }

  private Path file() {
    return folder.resolve("new").resolve("file.csv");
  }

  private String printed() {
    return text.toString(StandardCharsets.UTF_8);
  }
}
