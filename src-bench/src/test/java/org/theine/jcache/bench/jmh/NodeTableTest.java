package org.theine.jcache.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both prototypes against a HashMap: what is measured must at least be right. */
final class NodeTableTest {
  private static final int KEYS = 400;
  private static final int STEPS = 20_000;

  enum Table {
    CHAINED(() -> new ChainedTable(1)),
    CHAINED_50(() -> new ChainedTable(0.5)),
    OPEN_75(() -> new OpenTable(0.75)),
    OPEN_50(() -> new OpenTable(0.5));

    private final Supplier<NodeTable> make;

    Table(Supplier<NodeTable> make) {
      this.make = make;
    }
  }

  @ParameterizedTest
  @EnumSource
  void table_randomOperations_agreesWithHashMap(Table kind) {
    run(kind, 64);
  }

  @ParameterizedTest
  @EnumSource
  void table_manyKeysOfOneHash_agreesWithHashMap(Table kind) {
    run(kind, 3);
  }

  /** With few bits all keys share few hashes, that is, the same places. */
  private static void run(Table kind, int bits) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    NodeTable table = kind.make.get();
    Map<Integer, Integer> model = new HashMap<>();
    for (int step = 0; step < STEPS; step++) {
      int key = random.nextInt(KEYS);
      int hash = hash(key, bits);
      int range = step / (STEPS / 4) % 2 == 0 ? 4 : 2; // grows, shrinks, grows, shrinks
      if (random.nextInt(range) > 0) {
        table.put(key, hash, step);
        model.put(key, step);
      } else {
        assertThat(table.remove(key, hash))
            .as("step %d, seed %d", step, seed)
            .isEqualTo(model.remove(key) != null);
      }
      int asked = random.nextInt(KEYS);
      assertThat(table.get(asked, hash(asked, bits)))
          .as("step %d, seed %d", step, seed)
          .isEqualTo(model.get(asked));
      assertThat(table.size).isEqualTo(model.size());
    }
    for (int key = 0; key < KEYS; key++) {
      assertThat(table.get(key, hash(key, bits))).isEqualTo(model.get(key));
    }
  }

  private static int hash(int key, int bits) {
    return key * 0x9e3779b9 >>> Integer.SIZE - bits;
  }
}
