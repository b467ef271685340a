package org.theine.jcache.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on a command line is read, or it is said what is wrong with it. */
final class ArgumentsTest {

  @Test
  void read_optionsWithValues_handsThemOverInOrder() {
    Map<String, String> read = new LinkedHashMap<>();

    boolean help = Arguments.read(new String[] {"--a", "1", "--help", "--b", "2"}, read::put);

    assertThat(help).isTrue();
    assertThat(read).containsExactly(Map.entry("--a", "1"), Map.entry("--b", "2"));
  }

  @Test
  void read_lastWithoutValue_isNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.read(new String[] {"--a"}, (option, value) -> {}))
        .withMessageContaining("--a needs a value");
  }

  @Test
  void read_noOption_isNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.read(new String[] {"a", "1"}, (option, value) -> {}))
        .withMessageContaining("unknown option 'a'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "x", "", "3000000000"})
  void positive_noPositiveNumber_isNamed(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.positive("--n", value))
        .withMessageContainingAll("--n", "'" + value + "'");
  }

  @Test
  void list_commas_readsEach() {
    assertThat(Arguments.list("1, 20,3", value -> Arguments.positive("--n", value)))
        .containsExactly(1, 20, 3);
  }

  @Test
  void named_otherCase_isFound() {
    String[] all = {"Red", "Green"};

    assertThat(Arguments.named("colour", all, name -> name, "green")).isEqualTo("Green");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.named("colour", all, name -> name, "blue"))
        .withMessage("unknown colour 'blue'; there are Red, Green");
  }
}
