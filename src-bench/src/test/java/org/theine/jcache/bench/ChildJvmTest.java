package org.theine.jcache.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Virtual machines of our own have our classes, and tell what became of them. */
final class ChildJvmTest {

  /** What the virtual machines run. */
  static final class Echo {
    private Echo() {}

    /** Prints its arguments, or fails if there are none. */
    public static void main(String[] arguments) {
      for (String argument : arguments) {
        System.out.println(argument + " " + System.getProperty("said"));
      }
      if (arguments.length == 0) {
        System.exit(3);
      }
    }
  }

  @Test
  void run_classThatPrints_givesItsLines() throws Exception {
    assertThat(ChildJvm.run(Echo.class, List.of("-Dsaid=yes"), "one", "two"))
        .containsExactly("one yes", "two yes");
  }

  @Test
  void run_classThatFails_namesItAndItsEnd() {
    assertThatThrownBy(() -> ChildJvm.run(Echo.class, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("Echo", "3");
  }
}
