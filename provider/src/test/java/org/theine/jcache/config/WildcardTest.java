package org.theine.jcache.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WildcardTest {

  @ParameterizedTest
  @CsvSource({
    "com.acme.*, com.acme.Product, true",
    "com.acme.*, com.acme.shop.Product##NaturalId, true",
    "com.acme.*, com.acme., true",
    "com.acme.*, com.acmeXProduct, false",
    "com.acme.*, com.acme, false",
    "*, anything, true",
    "*##NaturalId, com.acme.Product##NaturalId, true",
    "com.*.Product, com.acme.shop.Product, true",
    "com.*.Product, com.acme.Products, false",
    "a**b, ab, true",
    "a*b*c, a-b-b-c, true",
    "[a-z]*, x, false",
    "\\Qx\\E*, x, false"
  })
  void matches_namesWithAnythingForTheAsterisk_only(String wildcard, String name, boolean matches) {
    assertThat(Wildcard.of(wildcard).matches(name)).isEqualTo(matches);
  }

  @Test
  void matches_aLineBreak_isACharacterToo() {
    assertThat(Wildcard.of("a*z").matches("a\nz")).isTrue();
  }

  @Test
  void order_ofSeveral_isByLiteralCharactersThenByBeginning() {
    List<String> sorted =
        Stream.of("*", "com.*", "*.com", "com.acme.*", "b*bbb", "bbb*b")
            .map(Wildcard::of)
            .sorted(Wildcard.LONGEST_FIRST)
            .map(Wildcard::name)
            .toList();

    assertThat(sorted).containsExactly("com.acme.*", "com.*", "bbb*b", "b*bbb", "*.com", "*");
  }
}
