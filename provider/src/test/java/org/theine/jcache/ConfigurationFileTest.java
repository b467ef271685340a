package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.theine.jcache.NamedPlugIns.name;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file makes of caches: those that it declares, and those that a program makes. */
final class ConfigurationFileTest {
  @TempDir Path folder;

  private Configured by(String block) {
    return Configured.by(folder, block);
  }

  // ----------------------------------------------------------------------------------------- names

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.acme.Product",
        "com.acme.Product##NaturalId",
        "Outer$Inner",
        "default",
        "defaults",
        "listeners",
        "caches",
        "template",
        "maximum",
        "with space",
        "a:b,c=d?\\\"quoted\\\"",
        "日本"
      })
  void name_quoted_isAKeyAndNoPath(String quoted) {
    try (Configured configured = by("caches { \"" + quoted + "\" { maximum = 7 } }")) {
      String name = quoted.replace("\\\"", "\"");

      assertThat(configured.manager().getCacheNames()).containsExactly(name);
      assertThat(configured.declared(name).maximum()).isEqualTo(7);
    }
  }

  @Test
  void name_unquotedWithDots_isOneName() {
    try (Configured configured =
        by("caches { com.acme.Product { maximum = 7 }, com.acme.Order {}, default {} }")) {
      assertThat(configured.manager().getCacheNames())
          .containsExactlyInAnyOrder("com.acme.Product", "com.acme.Order", "default");
      assertThat(configured.declared("com.acme.Product").maximum()).isEqualTo(7);
    }
  }

  @Test
  void name_thatBeginsAnother_isItsOwnCache() {
    try (Configured configured =
        by("caches { com.acme { maximum = 1 }, \"com.acme.Product\" { maximum = 2 } }")) {
      assertThat(configured.declared("com.acme").maximum()).isEqualTo(1);
      assertThat(configured.declared("com.acme.Product").maximum()).isEqualTo(2);
    }
  }

  // ---------------------------------------------------------------------------------------
  // declared

  @Test
  void declared_withStatistics_existWithTheirBeansFromTheBeginning() throws Exception {
    try (Configured configured =
        by("defaults { statistics = on, management = on }, caches { users {}, \"w.*\" {} }")) {
      TheineCacheManager manager = configured.manager();

      assertThat(manager.getCacheNames()).as("a wildcard is no cache").containsExactly("users");
      String uri = manager.getURI().toString().replace(':', '.');
      for (String type : List.of("CacheStatistics", "CacheConfiguration")) {
        ObjectName bean =
            new ObjectName("javax.cache:type=" + type + ",CacheManager=" + uri + ",Cache=users");
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(bean)).isTrue();
      }
    }
  }

  @Test
  void declared_madeOnceMore_existsAlreadyAndSaysWhere() {
    try (Configured configured = by("caches {\n users {} }")) {
      assertThatThrownBy(() -> configured.made("users"))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("'users' exists already")
          .hasMessageContaining("theine.conf, line 3")
          .hasMessageContaining("getCache");
    }
  }

  @Test
  void declared_destroyedAndMadeAnew_hasItsSettingsStill() {
    try (Configured configured = by("caches { users { maximum = 5 } }")) {
      configured.manager().destroyCache("users");

      assertThat(configured.manager().getCacheNames()).isEmpty();
      assertThat(configured.made("users").maximum()).isEqualTo(5);
    }
  }

  @Test
  void declaredByProperty_isNotDeclared() {
    try (Configured configured = by("").with("caches.users.maximum", "5")) {
      assertThat(configured.manager().getCacheNames()).isEmpty();
      assertThat(configured.made("users").maximum()).isEqualTo(5);
    }
  }

  // ------------------------------------------------------------------- defaults, templates,
  // wildcards

  @Test
  void settings_fromSeveralBlocks_theNearestCounts() {
    try (Configured configured =
        by(
            """
            defaults { maximum = 1, statistics = on }
            templates { entity { maximum = 2, ttl = 30m }, small { template = entity, maximum = 3 } }
            caches {
              "com.acme.Product" { template = entity, maximum = 4 }
              "com.acme.*" { template = small }
              "com.*" { maximum = 5, tti = 1m }
              own { ttl = 5m }
            }
            """)) {
      assertThat(configured.declared("com.acme.Product").maximum()).isEqualTo(4);
      assertThat(configured.made("com.acme.Order").maximum()).as("template's").isEqualTo(3);
      assertThat(configured.made("com.Other").maximum()).isEqualTo(5);
      assertThat(configured.declared("own").maximum()).as("the defaults'").isEqualTo(1);
      assertThat(configured.made("another").maximum()).isEqualTo(1);

      assertTtl(configured.declared("com.acme.Product"), 30);
      assertTtl(configured.made("com.acme.Third"), 30);
      assertTtl(configured.declared("own"), 5);
      assertThat(Configured.of(configured.made("more")).isStatisticsEnabled()).isTrue();
    }
  }

  private static void assertTtl(TheineCache<Object, Object> cache, int minutes) {
    ExpiryPolicy policy = Configured.expiry(cache);
    assertThat(policy.getExpiryForCreation()).isEqualTo(new Duration(TimeUnit.MINUTES, minutes));
    assertThat(policy.getExpiryForUpdate()).isEqualTo(new Duration(TimeUnit.MINUTES, minutes));
    assertThat(policy.getExpiryForAccess()).isNull();
  }

  @Test
  void bound_ofTheNearerBlock_takesThePlaceOfAnyOther() {
    String weigher = name(NamedPlugIns.LengthWeigher.class);
    try (Configured configured =
        by(
            "defaults { maximum-weight = 1K, weigher = \"%s\", tti = 1h }\n".formatted(weigher)
                + "caches { few { maximum = 5 }, heavy { maximum-weight = 2K }, free { maximum ="
                + " unbounded }, lasting { ttl = eternal } }")) {
      assertThat(Configured.of(configured.declared("few")).getMaximumSize()).isEqualTo(5);
      assertThat(Configured.of(configured.declared("few")).getMaximumWeight()).isNull();
      assertThat(Configured.of(configured.declared("heavy")).getMaximumWeight()).isEqualTo(2048);
      assertThat(Configured.of(configured.declared("free")).getMaximumSize()).isNull();
      assertThat(Configured.of(configured.declared("free")).getMaximumWeight()).isNull();
      ExpiryPolicy lasting = Configured.expiry(configured.declared("lasting"));
      assertThat(lasting).isInstanceOf(EternalExpiryPolicy.class);
      assertThat(lasting.getExpiryForAccess()).as("not the defaults'").isNull();
    }
  }

  @Test
  void wildcard_beneathTheCachesOwnBlock_stillSaysTheRest() {
    try (Configured configured = by("caches { \"com.*\" { ttl = 5m }, \"*\" { maximum = 3 } }")) {
      configured.with("caches.com.acme.Product.maximum", "9");
      TheineCache<Object, Object> cache = configured.made("com.acme.Product");

      assertThat(cache.maximum()).isEqualTo(9);
      assertTtl(cache, 5);
    }
  }

  @Test
  void expiry_byCause_isAskedForEachCause() {
    try (Configured configured =
        by(
            "caches { a { expire-after-create = 1m, expire-after-access = 2m }, b {"
                + " expire-after-update = 3m }, c { tti = 4m } }")) {
      ExpiryPolicy a = Configured.expiry(configured.declared("a"));
      assertThat(a.getExpiryForCreation()).isEqualTo(Duration.ONE_MINUTE);
      assertThat(a.getExpiryForUpdate()).isNull();
      assertThat(a.getExpiryForAccess()).isEqualTo(new Duration(TimeUnit.MINUTES, 2));
      ExpiryPolicy b = Configured.expiry(configured.declared("b"));
      assertThat(b.getExpiryForCreation()).isEqualTo(Duration.ETERNAL);
      assertThat(b.getExpiryForUpdate()).isEqualTo(new Duration(TimeUnit.MINUTES, 3));
      ExpiryPolicy c = Configured.expiry(configured.declared("c"));
      assertThat(c.getExpiryForAccess()).isEqualTo(new Duration(TimeUnit.MINUTES, 4));
    }
  }

  // ---------------------------------------------------------------------------------------
  // settings

  @Test
  void settings_thatNameClasses_makeInstancesOfThem() {
    NamedPlugIns.LOG.clear();
    try (Configured configured =
        by(
            """
            caches { all {
              key-type = java.lang.Integer, value-type = "java.lang.String"
              maximum-weight = 10, weigher = "%s"
              loader = "%s", read-through = on
              writer = "%s", write-through = yes
              expiry-policy = "%s"
              executor = "%s"
              listeners = [ "%s", { class = "%s", filter = "%s", synchronous = on } ]
            } }
            """
                .formatted(
                    name(NamedPlugIns.LengthWeigher.class),
                    name(NamedPlugIns.EchoFactory.class),
                    name(NamedPlugIns.LoggingWriter.class),
                    name(NamedPlugIns.FiveMinutes.class),
                    name(NamedPlugIns.HereAndNow.class),
                    name(NamedPlugIns.LoggingListener.class),
                    name(NamedPlugIns.LoggingListener.class),
                    name(NamedPlugIns.EvenKeys.class)))) {
      TheineCache<Object, Object> cache = configured.declared("all");

      assertThat(cache.get(1)).isEqualTo("loaded 1");
      cache.put(2, "two");
      assertThat(NamedPlugIns.LOG)
          .as("the filtered listener hears of even keys, the writer of no load")
          .containsExactlyInAnyOrder("heard 1", "wrote 2", "heard 2", "heard 2");
      assertThat(cache.size()).as("eight letters and three weigh too much").isEqualTo(1);
      assertThatThrownBy(() -> cache.put("x", "y")).isInstanceOf(ClassCastException.class);
      assertThat(Configured.expiry(cache)).isInstanceOf(NamedPlugIns.FiveMinutes.class);
    }
  }

  @Test
  void settings_ofCopies_areObeyed() {
    try (Configured configured =
        by(
            """
            caches {
              ref { store-by-value = off }
              text { serializer = "%s" }
              copied { copier = "%s" }
              immutable { immutable-types = [ "java.lang.StringBuilder" ] }
            }
            """
                .formatted(
                    name(NamedPlugIns.TextSerializer.class),
                    name(NamedPlugIns.SameCopier.class)))) {
      StringBuilder value = new StringBuilder("x");

      assertThat(got("ref", configured, value)).isSameAs(value);
      assertThat(got("text", configured, value)).isEqualTo("x!");
      assertThat(got("copied", configured, value)).isSameAs(value);
      assertThat(got("immutable", configured, value)).isSameAs(value);
    }
  }

  private static Object got(String name, Configured configured, Object value) {
    TheineCache<Object, Object> cache = configured.declared(name);
    cache.put(1, value);
    return cache.get(1);
  }

  @Test
  void settings_fewRemaining_areTaken() {
    try (Configured configured =
        by("caches { a { shards = 4, eviction-events = evicted-only, maximum = 1_000 } }")) {
      assertThat(configured.refusal()).contains("maximum must be").contains("1_000");
      configured.write("theine.jcache.caches.a { shards = 4, eviction-events = Evicted-Only }");
      TheineConfiguration<Object, Object> a = Configured.of(configured.declared("a"));
      assertThat(a.getShards()).isEqualTo(4);
      assertThat(a.getEvictionEvents()).isEqualTo(EvictionEvents.EVICTED_ONLY);
    }
  }

  @Test
  void types_ofArrays_areWrittenAsInCode() {
    try (Configured configured =
        by("caches { a { key-type = \"byte[]\", value-type = \"java.lang.String[][]\" } }")) {
      assertThat(configured.manager().getCache("a", byte[].class, String[][].class)).isNotNull();
    }
  }

  @Test
  void block_null_saysNothing() {
    try (Configured configured =
        by("defaults = null, templates = null, caches { a = null, b {} }")) {
      assertThat(configured.manager().getCacheNames()).containsExactly("b");
    }
  }

  @Test
  void setting_null_saysNothing() {
    try (Configured configured = by("defaults { maximum = 5 }, caches { a { maximum = null } }")) {
      assertThat(configured.declared("a").maximum()).isEqualTo(5);
    }
  }

  @Test
  void manager_openedTwice_isTheSame() {
    try (Configured configured = by("caches { a {} }")) {
      assertThat(configured.manager()).isSameAs(configured.manager());
      configured.manager().close();
      assertThat(configured.manager().getCacheNames()).containsExactly("a");
    }
  }

  @Test
  void cache_madeByPlainConfiguration_isEqualToItWhereNothingIsSaid() {
    try (Configured configured = by("caches { other { maximum = 3 } }")) {
      MutableConfiguration<Object, Object> plain = new MutableConfiguration<>();

      assertThat(Configured.of(configured.made("a", plain)))
          .isEqualTo(new TheineConfiguration<>(plain));
    }
  }
}
