package org.theine.jcache.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Medians over rounds, and the file of all of them. */
final class MediansTest {

  @Test
  void median_oddEvenNone_isTheMiddle() {
    assertThat(Medians.median(3, 1, 2)).isEqualTo(2);
    assertThat(Medians.median(4, 1, 2, 3)).isEqualTo(2.5);
    assertThat(Medians.median()).isNaN();
  }

  @Test
  void csv_twoRounds_hasALineForEach() {
    Medians<String> medians = new Medians<>();
    medians.add("ours", Map.of("bytes", 40.0));
    medians.add("ours", Map.of("bytes", 42.0));

    assertThat(medians.csv("who,length", who -> who + "," + who.length()).lines())
        .containsExactly(
            "who,length,figure,round,value",
            "ours,4,\"bytes\",1,40.000",
            "ours,4,\"bytes\",2,42.000");
    assertThat(medians.get("ours", "bytes")).isEqualTo(41);
    assertThat(medians.get("ours", "time")).isNaN();
    assertThat(medians.get("theirs", "bytes")).isNaN();
  }
}
