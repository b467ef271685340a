package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.theine.jcache.NamedPlugIns.name;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong in a file or a property: one exception with the place and the rule. */
final class BadConfigurationTest {
  @TempDir Path folder;

  /** The lines of a block, the number of the line that is wrong in the file, and the message. */
  private static Stream<Arguments> mistakes() {
    String abstractWeigher = name(NamedPlugIns.AbstractWeigher.class);
    String needyWeigher = name(NamedPlugIns.NeedyWeigher.class);
    String listener = name(NamedPlugIns.LoggingListener.class);
    String echo = name(NamedPlugIns.Echo.class);
    return Stream.of(
        Arguments.of(
            "caches {\n users {\n maxmum = 5 } }",
            4,
            "cache 'users': no setting 'maxmum'; nearest is 'maximum'"),
        Arguments.of(
            "defaults {\n ttll = 5m }", 3, "the defaults: no setting 'ttll'; nearest is 'ttl'"),
        Arguments.of("default {\n ttl = 5m }", 2, "no part 'default'; nearest is 'defaults'"),
        Arguments.of("cache { a {} }", 2, "no part 'cache'; nearest is 'caches'"),
        Arguments.of("caches = 5", 2, "caches must be a block of settings: 5"),
        Arguments.of("caches {\n users = 5 }", 3, "cache 'users' must be a block of settings: 5"),
        Arguments.of(
            "caches { a {\n ttl = 30 } }",
            3,
            "cache 'a': ttl must be a number with one of ms, s, m, h, d, from 1ms to 292 years, or"
                + " eternal: 30"),
        Arguments.of("caches { a {\n ttl = 5 fortnights } }", 3, "cache 'a': ttl must be a number"),
        Arguments.of(
            "caches { a {\n maximum = 12X } }",
            3,
            "cache 'a': maximum must be a whole number from 1, or unbounded: 12X"),
        Arguments.of("caches { a {\n maximum = 0 } }", 3, "cache 'a': maximum must be a whole"),
        Arguments.of("caches { a {\n maximum = 1.5 } }", 3, "cache 'a': maximum must be a whole"),
        Arguments.of("caches { a {\n maximum = [5] } }", 3, "cache 'a': maximum must be a whole"),
        Arguments.of(
            "caches { a {\n maximum { b = 1 } } }", 3, "cache 'a': maximum must be a whole number"),
        Arguments.of(
            "caches { a {\n maximum-weight = 12Q } }",
            3,
            "cache 'a': maximum-weight must be a number"),
        Arguments.of(
            "caches { a {\n maximum-weight = 1K } }",
            3,
            "cache 'a': maximum-weight needs a weigher"),
        Arguments.of(
            "caches { a {\n shards = 3 } }",
            3,
            "cache 'a': shards must be a power of two from 1 to 65536: 3"),
        Arguments.of(
            "caches { a {\n statistics = 1 } }", 3, "cache 'a': statistics must be on or off: 1"),
        Arguments.of(
            "caches { a {\n eviction-events = all } }",
            3,
            "cache 'a': eviction-events must be removed, evicted-only or none: all"),
        Arguments.of(
            "caches { a {\n ttl = 5m\n tti = 5m } }", 3, "cache 'a': one of ttl and tti, not both"),
        Arguments.of(
            "caches { a { maximum = 5\n maximum-weight = 5 } }",
            3,
            "cache 'a': one of maximum and maximum-weight, not both"),
        Arguments.of(
            "defaults {\n maximum-weight = 1K }",
            3,
            "the defaults: maximum-weight needs a weigher"),
        Arguments.of(
            "caches { a {\n read-through = on } }", 3, "cache 'a': read-through needs a loader"),
        Arguments.of(
            "caches { a {\n write-through = on } }", 3, "cache 'a': write-through needs a writer"),
        Arguments.of(
            "caches { a {\n weigher = \"" + name(NamedPlugIns.LengthWeigher.class) + "\" } }",
            3,
            "cache 'a': weigher needs a maximum-weight"),
        Arguments.of(
            "caches { a {\n maxmum = null } }", 3, "cache 'a': no setting 'maxmum'; nearest is"),
        Arguments.of(
            "caches { a { ttl = 5m\n jmx { management = on } } }",
            3,
            "cache 'a': no block 'jmx' here; the name of a cache wants quotes"),
        Arguments.of(
            "caches { \"a.b\" { ttl = 5m }\n a.b { ttl = 6m } }",
            2,
            "cache 'a.b': ttl is said twice"),
        Arguments.of(
            "templates { entity {} }, caches { a {\n template = entty } }",
            3,
            "cache 'a': no template 'entty'; nearest is 'entity'"),
        Arguments.of("caches { a {\n template = b } }", 3, "cache 'a': no template 'b'"),
        Arguments.of("defaults {\n template = b }", 3, "the defaults: no template can stand here"),
        Arguments.of(
            "caches { a {\n loader = com.acme.Nowhere } }",
            3,
            "cache 'a': loader names class com.acme.Nowhere, which is not found"),
        Arguments.of(
            "templates { unused {\n loader = com.acme.Nowhere } }",
            3,
            "template 'unused': loader names class com.acme.Nowhere, which is not found"),
        Arguments.of(
            "caches { a {\n loader = no class } }", 3, "cache 'a': loader must be the name"),
        Arguments.of(
            "caches { a {\n loader = java.lang.String } }",
            3,
            "cache 'a': loader must name a javax.cache.integration.CacheLoader or a Factory of it,"
                + " which java.lang.String is not"),
        Arguments.of(
            "caches { a {\n weigher = \"" + abstractWeigher + "\" } }",
            3,
            "cache 'a': weigher must name a class with a constructor without arguments"),
        Arguments.of(
            "caches { a {\n weigher = \"" + needyWeigher + "\" } }",
            3,
            "cache 'a': weigher must name a class with a constructor without arguments"),
        Arguments.of(
            "caches { a {\n key-type = int } }",
            3,
            "cache 'a': key-type names class int, which is"),
        Arguments.of(
            "caches { a {\n immutable-types = [ java.lang.Strin ] } }",
            3,
            "cache 'a': immutable-types names class java.lang.Strin, which is not found"),
        Arguments.of(
            "caches { a {\n immutable-types = [ [ x ] ] } }",
            3,
            "cache 'a': immutable-types must be"),
        Arguments.of(
            "caches { a {\n listeners = [ \"" + echo + "\" ] } }",
            3,
            "cache 'a': listeners must name a javax.cache.event.CacheEntryListener"),
        Arguments.of(
            "caches { a { listeners = [ {\n clas = x } ] } }",
            3,
            "cache 'a': listeners: no setting 'clas'; nearest is 'class'"),
        Arguments.of(
            "caches { a { listeners = [\n {} ] } }",
            3,
            "cache 'a': listeners: a listener must have"),
        Arguments.of(
            "caches { a { listeners = [ { class = \""
                + listener
                + "\",\n synchronous = maybe } ] } }",
            3,
            "cache 'a': listeners: synchronous must be on or off: maybe"),
        Arguments.of(
            "caches { a { listeners = [ { class = \"" + listener + "\",\n filter = [] } ] } }",
            3,
            "cache 'a': listeners: filter must be the name of a class"),
        Arguments.of(
            "caches { a { listeners =\n [ [] ] } }", 3, "cache 'a': listeners must be a list"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistake_inTheFile_isToldWithFileLineAndRule(String block, int line, String message) {
    try (Configured configured = Configured.by(folder, block)) {
      assertThat(configured.refusal())
          .startsWith("cache manager " + configured.uri() + " has a mistake in its configuration: ")
          .contains(configured.file + ", line " + line + ": " + message);
    }
  }

  @Test
  void syntax_broken_isToldWithFileAndLine() {
    try (Configured configured = Configured.by(folder, "caches {\n users { maximum = 5 ")) {
      assertThat(configured.refusal()).contains("theine.conf").containsPattern("\\b[45]\\b");
      configured.write("theine.jcache { caches {\n com.acme.* { maximum = 5 } } }");
      assertThat(configured.refusal())
          .contains("theine.conf, line 2")
          .as("says that such a name wants quotes")
          .contains("wants quotes");
    }
  }

  @Test
  void substitution_ofNothing_isToldWithFileAndLine() {
    try (Configured configured =
        Configured.by(folder, "caches {\n users { maximum = ${no.such.thing} } }")) {
      assertThat(configured.refusal()).contains("theine.conf, line 3").contains("no.such.thing");
    }
  }

  @Test
  void templates_thatIncludeEachOther_areToldWithTheirCircle() {
    try (Configured configured =
        Configured.by(
            folder,
            """
            templates { a { template = b }, b { template = c }, c { template = b }, d { template = d } }
            caches { x { template = a } }
            """)) {
      assertThat(configured.refusal())
          .contains("3 mistakes")
          .contains("template 'b' includes itself: b -> c -> b")
          .contains("template 'c' includes itself: c -> b -> c")
          .contains("template 'd' includes itself: d -> d")
          .contains("theine.conf, line 2");
    }
  }

  @Test
  void mistakes_several_areAllTold() {
    try (Configured configured =
        Configured.by(folder, "defaults { maximum = x }\ncaches { a { ttl = y } }")) {
      configured.with("defaults.shard", "4");

      assertThat(configured.refusal())
          .contains("3 mistakes")
          .contains("theine.conf, line 2: the defaults: maximum must be")
          .contains("theine.conf, line 3: cache 'a': ttl must be")
          .contains(
              "manager property theine.jcache.defaults.shard: the defaults: no setting 'shard';"
                  + " nearest is 'shards'");
    }
  }

  @Test
  void file_withoutOurBlock_isToldSo() {
    try (Configured configured =
        Configured.byFile(folder.resolve("theine.conf"), "theine.jcach { }")) {
      assertThat(configured.refusal()).contains("theine.conf").contains("no block theine.jcache");
      configured.write("");
      assertThat(configured.refusal()).contains("no block theine.jcache");
      configured.write("theine.jcache = 5");
      assertThat(configured.refusal()).contains("no block theine.jcache");
    }
  }

  @Test
  void file_missingOrNoFile_isToldByItsName() throws Exception {
    try (Configured configured = Configured.by(folder, "")) {
      Files.delete(configured.file);
      assertThat(configured.refusal())
          .isEqualTo("configuration file " + configured.file + " does not exist");
      Files.createDirectory(configured.file);
      assertThat(configured.refusal())
          .isEqualTo("configuration file " + configured.file + " is no file");
    }
  }

  // -------------------------------------------------------------------------------------
  // properties

  private static Stream<Arguments> badProperties() {
    return Stream.of(
        Arguments.of("caches.users.maxmum", "5", "cache 'users': no setting 'maxmum'"),
        Arguments.of("caches.com.acme.Product.maximum", "x", "cache 'com.acme.Product': maximum"),
        Arguments.of("templates.entity.ttl", "5", "template 'entity': ttl must be"),
        Arguments.of("defaults.maximum", "", "the defaults: maximum must be"),
        Arguments.of("defaults", "5", "must have the form theine.jcache.defaults.SETTING"),
        Arguments.of("caches.maximum", "5", "must have the form theine.jcache.defaults.SETTING"),
        Arguments.of("cache.users.maximum", "5", "no part 'cache'; nearest is 'caches'"),
        Arguments.of("hash-seed", "5", "no part 'hash-seed'"));
  }

  @ParameterizedTest
  @MethodSource("badProperties")
  void mistake_inAPropertyOfTheManager_isToldWithItsName(
      String property, String value, String message) {
    try (Configured configured = Configured.by(folder, "").with(property, value)) {
      assertThat(configured.refusal())
          .contains("manager property theine.jcache." + property + ": " + message);
    }
  }

  @Test
  void hashSeed_noNumber_isToldAtOnce() {
    System.setProperty("theine.jcache.hash-seed", "many");
    try (Configured configured = Configured.by(folder, "")) {
      assertThat(configured.refusal())
          .contains("system property theine.jcache.hash-seed: must be a number: many");
    } finally {
      System.clearProperty("theine.jcache.hash-seed");
    }
  }

  @Test
  void class_whoseInitialiserFails_isToldWithFileAndLine() {
    String broken = NamedPlugIns.BrokenClass.class.getName();
    try (Configured configured =
        Configured.by(folder, "caches { a {\n loader = \"" + broken + "\" } }")) {
      assertThat(configured.refusal()).contains("'a'").contains("theine.conf, line 3: ");
    }
  }

  @Test
  void property_notOurs_isIgnored() {
    try (Configured configured = Configured.by(folder, "")) {
      configured.properties.setProperty("theine.jcachet", "x");
      configured.properties.setProperty("hazelcast.whatever", "x");

      assertThat(configured.manager().getCacheNames()).isEmpty();
    }
  }

  // ---------------------------------------------------------------------------- nothing
  // half-created

  @Test
  void manager_refused_canBeAskedForAgainAfterTheMend() {
    try (Configured configured = Configured.by(folder, "caches { users { maximum = x } }")) {
      assertThat(configured.refusal()).contains("maximum");
      assertThat(configured.refusal()).as("refused again").contains("maximum");

      configured.write("theine.jcache { caches { users { maximum = 5 } } }");
      assertThat(configured.declared("users").maximum()).isEqualTo(5);
    }
  }

  @Test
  void cache_thatCannotBeMade_leavesNothingOfTheOthers() {
    try (Configured configured =
        Configured.by(
            folder,
            "caches { a { loader = \"%s\" }, b { loader = \"%s\" } }"
                .formatted(
                    name(NamedPlugIns.CountedLoader.class),
                    name(NamedPlugIns.FailingLoader.class)))) {
      assertThat(configured.refusal()).contains("'b'").contains("cache loader");
      assertThat(NamedPlugIns.CountedLoader.OPEN).as("loaders that are still open").hasValue(0);

      configured.write(
          "theine.jcache.caches.a { loader = \"%s\" }"
              .formatted(name(NamedPlugIns.CountedLoader.class)));
      assertThat(configured.manager().getCacheNames()).containsExactly("a");
      assertThat(NamedPlugIns.CountedLoader.OPEN).hasValue(1);
    }
    assertThat(NamedPlugIns.CountedLoader.OPEN).hasValue(0);
  }

  @Test
  void factory_thatMakesSomethingElse_isToldWithItsClass() {
    try (Configured configured =
        Configured.by(
            folder,
            "caches { a { loader = \"%s\" } }"
                .formatted(name(NamedPlugIns.FactoryOfOthers.class)))) {
      assertThat(configured.refusal()).contains("'a'").contains("cache loader");
    }
  }
}
