package org.theine.jcache.bench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.theine.jcache.bench.Trace;

/** What specs make; what is wrong with them is tested with the manifest. */
final class SpecTest {

  @Test
  void make_chain_repeatsFilesAndKeepsTheirKeysApart() throws IOException {
    Trace trace = Spec.parse("chain a b*2 a", new Files()).make("chain").trace();
    int[] ids = new int[trace.length()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = trace.id(i);
    }

    assertThat(ids).containsExactly(0, 1, 2, 2, 2, 2, 3, 4);
  }

  @Test
  void make_joinedSpecs_keepsTheirKeysApart() throws IOException {
    Trace trace = Spec.parse("loop 2 4 | a", new Files()).make("joined").trace();

    assertThat(trace.length()).isEqualTo(6);
    assertThat(trace.distinct()).isEqualTo(4);
  }

  @Test
  void make_file_hasItsKeys() throws IOException {
    Workload workload = Spec.parse("a", new Files()).make("file");

    assertThat(workload.trace().keys()).containsExactly(1, 2);
    assertThat(workload.weighted()).isFalse();
    assertThat(workload.weight(1)).isEqualTo(1);
  }

  @Test
  void make_sized_givesAKeyTheSameWeightEachTime() throws IOException {
    Workload workload = Spec.parse("sized 1000 1 b", new Files()).make("sized");

    assertThat(workload.weighted()).isTrue();
    assertThat(workload.weight(0)).isEqualTo(workload.weight(1));
    assertThat(workload.totalWeight()).isEqualTo(2L * new Weights(1000, 1).of(1));
  }

  @Test
  void make_shippedFile_isTheTrace() throws IOException {
    assertThat(Spec.parse("web12.tht.gz", new ShippedFiles()).make("web12").trace().length())
        .isEqualTo(95_607);
  }

  /** Two files: a has two keys, b has one of them twice. */
  private record Files() implements TraceFiles {
    private static final Map<String, long[]> KEYS =
        Map.of("a", new long[] {1, 2}, "b", new long[] {1, 1});

    @Override
    public String place() {
      return "memory";
    }

    @Override
    public boolean has(String file) {
      return KEYS.containsKey(file);
    }

    @Override
    public Trace read(String file) {
      return Trace.of(file, KEYS.get(file));
    }
  }
}
