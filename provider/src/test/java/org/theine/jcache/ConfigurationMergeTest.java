package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.theine.jcache.NamedPlugIns.name;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of two counts: what a program says of a cache, or what a file or a property does. */
final class ConfigurationMergeTest {
  private static final String SYSTEM_MAXIMUM = "theine.jcache.caches.users.maximum";

  @TempDir Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(SYSTEM_MAXIMUM);
    System.clearProperty("theine.jcache.defaults.tti");
  }

  private Configured by(String block) {
    return Configured.by(folder, block);
  }

  /** Everything of JCache that can be said, as a default of all caches. */
  private Configured talkative() {
    return by(
        """
        defaults {
          maximum = 5, ttl = 5m, statistics = on, management = on, shards = 2
          eviction-events = none, loader = "%s", read-through = on, write-through = on
          writer = "%s", listeners = [ "%s" ], copier = "%s", executor = "%s"
          key-type = java.lang.Integer, value-type = java.lang.String
        }
        """
            .formatted(
                name(NamedPlugIns.Echo.class),
                name(NamedPlugIns.LoggingWriter.class),
                name(NamedPlugIns.LoggingListener.class),
                name(NamedPlugIns.SameCopier.class),
                name(NamedPlugIns.HereAndNow.class)));
  }

  @Test
  void plain_thatSaysNothing_takesEverything() {
    try (Configured configured = talkative()) {
      TheineConfiguration<Object, Object> made = Configured.of(configured.made("users"));

      assertThat(made.getMaximumSize()).isEqualTo(5);
      assertThat(made.getExpiryPolicyFactory().create().getExpiryForUpdate())
          .isEqualTo(Duration.FIVE_MINUTES);
      assertThat(made.isStatisticsEnabled()).isTrue();
      assertThat(made.isManagementEnabled()).isTrue();
      assertThat(made.getShards()).isEqualTo(2);
      assertThat(made.getEvictionEvents()).isEqualTo(EvictionEvents.NONE);
      assertThat(made.isReadThrough()).isTrue();
      assertThat(made.isWriteThrough()).isTrue();
      assertThat(made.getCacheLoaderFactory().create()).isInstanceOf(NamedPlugIns.Echo.class);
      assertThat(made.getCacheWriterFactory().create())
          .isInstanceOf(NamedPlugIns.LoggingWriter.class);
      assertThat(made.getCacheEntryListenerConfigurations()).hasSize(1);
      assertThat(made.getCopierFactory()).isNotNull();
      assertThat(made.getExecutorFactory()).isNotNull();
      assertThat(made.getKeyType()).isEqualTo(Integer.class);
      assertThat(made.getValueType()).isEqualTo(String.class);
    }
  }

  @Test
  void code_thatSpeaks_countsBeforeEverything() {
    TheineConfiguration<Object, Object> code = new TheineConfiguration<>();
    code.setMaximumSize(7).setShards(1).setEvictionEvents(EvictionEvents.REMOVED);
    code.setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_DAY));
    code.setCopierFactory(new ClassFactory<>(NamedPlugIns.SameCopier.class, copier(), "code"));
    code.setCacheLoaderFactory(NamedPlugIns.CountedLoader::new);
    code.setCacheWriterFactory(NamedPlugIns.LoggingWriter::new);
    code.setExecutorFactory(() -> Runnable::run);
    code.addCacheEntryListenerConfiguration(
        new MutableCacheEntryListenerConfiguration<>(
            () -> new RecordingListener<>(), null, true, true));
    try (Configured configured = talkative()) {
      System.setProperty(SYSTEM_MAXIMUM, "9");
      TheineConfiguration<Object, Object> made = Configured.of(configured.made("users", code));

      assertThat(made.getMaximumSize()).isEqualTo(7);
      assertThat(made.getShards()).isEqualTo(1);
      assertThat(made.getEvictionEvents()).isEqualTo(EvictionEvents.REMOVED);
      assertThat(made.getExpiryPolicyFactory()).isEqualTo(code.getExpiryPolicyFactory());
      assertThat(made.getCopierFactory()).isEqualTo(code.getCopierFactory());
      assertThat(made.getCacheLoaderFactory()).isEqualTo(code.getCacheLoaderFactory());
      assertThat(made.getCacheWriterFactory()).isEqualTo(code.getCacheWriterFactory());
      assertThat(made.getExecutorFactory()).isEqualTo(code.getExecutorFactory());
      assertThat(made.getCacheEntryListenerConfigurations())
          .isEqualTo(code.getCacheEntryListenerConfigurations());
      assertThat(made.isStatisticsEnabled()).as("off is the default, so silent").isTrue();
    }
    assertThat(code.getKeyType()).as("the program's object is left alone").isEqualTo(Object.class);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Class<Copier<Object>> copier() {
    return (Class) Copier.class;
  }

  @Test
  void weight_inCode_keepsOutTheNumberOfTheFile() {
    TheineConfiguration<Object, Object> code = new TheineConfiguration<>();
    code.setMaximumBytes("1K", NamedPlugIns.LengthWeigher::new);
    try (Configured configured = talkative()) {
      TheineConfiguration<Object, Object> made = Configured.of(configured.made("users", code));

      assertThat(made.getMaximumSize()).isNull();
      assertThat(made.getMaximumWeight()).isEqualTo(1024);
    }
  }

  @Test
  void eternal_inCode_isTheDefaultAndSoSilent() {
    MutableConfiguration<Object, Object> code = new MutableConfiguration<>();
    code.setExpiryPolicyFactory(EternalExpiryPolicy.factoryOf());
    try (Configured configured = talkative()) {
      assertThat(Configured.expiry(configured.made("users", code)).getExpiryForCreation())
          .isEqualTo(Duration.FIVE_MINUTES);
    }
  }

  // ----------------------------------------------------------------------------------- by
  // reference

  @Test
  void byValue_madeInCode_isByReferenceOnlyByABlockForIt() {
    try (Configured configured =
        by(
            """
            defaults { store-by-value = off }
            templates { shared { store-by-value = off } }
            caches { declared {}, "w.*" { store-by-value = off }, "t.*" { template = shared } }
            """)) {
      assertThat(Configured.of(configured.declared("declared")).isStoreByValue()).isFalse();
      assertThat(Configured.of(configured.made("users")).isStoreByValue())
          .as("a line about all caches takes no copies away from a program")
          .isTrue();
      assertThat(Configured.of(configured.made("w.users")).isStoreByValue()).isFalse();
      assertThat(Configured.of(configured.made("t.users")).isStoreByValue()).isFalse();
      MutableConfiguration<Object, Object> byReference = new MutableConfiguration<>();
      byReference.setStoreByValue(false);
      assertThat(Configured.of(configured.made("more", byReference)).isStoreByValue()).isFalse();
    }
  }

  // -------------------------------------------------------------------------------------
  // properties

  @Test
  void property_ofManagerThenOfSystem_countBeforeTheFile() {
    try (Configured configured = by("caches { users { maximum = 1, ttl = 1m } }")) {
      assertThat(configured.declared("users").maximum()).isEqualTo(1);
      configured.manager().close();

      configured.with("caches.users.maximum", "2");
      assertThat(configured.declared("users").maximum()).isEqualTo(2);
      configured.manager().close();

      System.setProperty(SYSTEM_MAXIMUM, "3");
      assertThat(configured.declared("users").maximum()).isEqualTo(3);
      assertThat(Configured.expiry(configured.declared("users")).getExpiryForCreation())
          .as("what no property says is the file's")
          .isEqualTo(Duration.ONE_MINUTE);
    }
  }

  @Test
  void property_ofOtherExpiry_takesThePlaceOfTheFilesInTheSameBlock() {
    System.setProperty("theine.jcache.defaults.tti", "5m");
    try (Configured configured = by("defaults { ttl = 1m }")) {
      assertThat(Configured.expiry(configured.made("users")).getExpiryForAccess())
          .isEqualTo(Duration.FIVE_MINUTES);
    }
  }

  @Test
  void property_withListsAndOtherObjects_isReadByItsText() {
    try (Configured configured = by("")) {
      configured.properties.put("theine.jcache.caches.users.maximum", 5);
      configured.with("caches.users.immutable-types", "java.lang.StringBuilder, java.util.BitSet");
      configured.with("caches.users.listeners", name(NamedPlugIns.LoggingListener.class));
      TheineConfiguration<Object, Object> made = Configured.of(configured.made("users"));

      assertThat(made.getMaximumSize()).isEqualTo(5);
      assertThat(made.getImmutableTypes())
          .containsExactly(StringBuilder.class, java.util.BitSet.class);
      assertThat(made.getCacheEntryListenerConfigurations()).hasSize(1);
    }
  }

  @Test
  void property_ofOneCauseOfExpiry_leavesTheOthersOfTheFile() {
    try (Configured configured = by("caches { users { expire-after-create = 1h } }")) {
      configured.with("caches.users.expire-after-access", "5m");
      TheineCache<Object, Object> users = configured.declared("users");

      assertThat(Configured.expiry(users).getExpiryForCreation()).isEqualTo(Duration.ONE_HOUR);
      assertThat(Configured.expiry(users).getExpiryForAccess()).isEqualTo(Duration.FIVE_MINUTES);
    }
  }

  @Test
  void maximum_inCode_canLiftThatOfTheDefaults() {
    TheineConfiguration<Object, Object> code = new TheineConfiguration<>();
    code.setMaximumSize(Long.MAX_VALUE);
    try (Configured configured = by("defaults { maximum = 1 }")) {
      TheineCache<Object, Object> locks = configured.made("locks", code);
      locks.put(1, "one");
      locks.put(2, "two");

      assertThat(locks.size()).isEqualTo(2);
      assertThat(locks.maximum()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void template_chosenByProperty_isTaken() {
    try (Configured configured = by("templates { entity { maximum = 5 } }")) {
      configured.with("caches.users.template", "entity").with("templates.entity.ttl", "5m");
      TheineCache<Object, Object> users = configured.made("users");

      assertThat(users.maximum()).isEqualTo(5);
      assertThat(Configured.expiry(users).getExpiryForCreation()).isEqualTo(Duration.FIVE_MINUTES);
    }
  }

  // -------------------------------------------------------------------------------------
  // timestamps

  @Test
  void timestamps_ofHibernate_inheritNeitherBoundNorExpiry() {
    for (String region :
        new String[] {
          "default-update-timestamps-region",
          "shop.default-update-timestamps-region",
          "org.hibernate.cache.spi.TimestampsRegion",
          "org.hibernate.cache.spi.UpdateTimestampsCache"
        }) {
      try (Configured configured =
          by(
              """
              defaults { maximum = 2, ttl = 1s, statistics = on }
              templates { small { maximum = 3, tti = 1s } }
              caches { "*" { maximum = 1 }, "*region" { ttl = 2s }, "org.*" { template = small } }
              """)) {
        configured.with("caches." + region + ".template", "small");
        TheineConfiguration<Object, Object> made = Configured.of(configured.made(region));

        assertThat(made.getMaximumSize()).as(region).isNull();
        assertThat(made.getExpiryPolicyFactory()).isEqualTo(EternalExpiryPolicy.factoryOf());
        assertThat(made.isStatisticsEnabled()).as("all else is inherited").isTrue();
        assertThat(configured.made("other-region").maximum()).isEqualTo(1);
      }
    }
  }

  @Test
  void timestamps_saidToBeEternal_areEternalAsIfNothingWereSaid() {
    try (Configured configured =
        by("caches { default-update-timestamps-region { ttl = eternal } }")) {
      assertThat(
              Configured.of(configured.declared("default-update-timestamps-region"))
                  .getExpiryPolicyFactory())
          .isEqualTo(EternalExpiryPolicy.factoryOf());
    }
  }

  @Test
  void timestamps_withABlockOfTheirOwn_obeyIt() {
    try (Configured configured =
        by("caches { default-update-timestamps-region { maximum = 9, ttl = 1h } }")) {
      TheineCache<Object, Object> region = configured.declared("default-update-timestamps-region");

      assertThat(region.maximum()).isEqualTo(9);
      assertThat(Configured.expiry(region).getExpiryForCreation()).isEqualTo(Duration.ONE_HOUR);
    }
  }

  // ------------------------------------------------------------------------------------------
  // copies

  @Test
  void configuration_ofADeclaredCache_isSerializableAndEqual() throws Exception {
    try (Configured configured =
        by(
            "caches { a { maximum-weight = 1K, weigher = \"%s\", ttl = 5m, listeners = [ \"%s\" ] } }"
                .formatted(
                    name(NamedPlugIns.LengthWeigher.class),
                    name(NamedPlugIns.LoggingListener.class)))) {
      TheineConfiguration<Object, Object> made = Configured.of(configured.declared("a"));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(made);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(in.readObject()).isEqualTo(made).hasSameHashCodeAs(made);
      }
    }
  }
}
