package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TheineConfigurationTest {

  @Test
  void newConfiguration_nothingSet_hasTheDefaultsOfJCacheAndNoSettings() {
    TheineConfiguration<String, String> configuration = new TheineConfiguration<>();

    assertThat(configuration.getMaximumSize()).isNull();
    assertThat(configuration.getMaximumWeight()).isNull();
    assertThat(configuration.getWeigherFactory()).isNull();
    assertThat(configuration.getEvictionEvents()).isNull();
    assertThat(configuration.getCopierFactory()).isNull();
    assertThat(configuration.getSerializerFactory()).isNull();
    assertThat(configuration.getExecutorFactory()).isNull();
    assertThat(configuration.getTickerFactory()).isNull();
    assertThat(configuration.getShards()).isNull();
    assertThat(configuration.getImmutableTypes()).isEmpty();
    assertThat(new MutableConfiguration<String, String>(configuration))
        .isEqualTo(new MutableConfiguration<String, String>());
  }

  @Test
  void setters_chained_returnTheConfiguration() {
    TheineConfiguration<String, String> configuration = full();

    assertThat(configuration.getKeyType()).isEqualTo(String.class);
    assertThat(configuration.isReadThrough()).isTrue();
    assertThat(configuration.isWriteThrough()).isTrue();
    assertThat(configuration.isStoreByValue()).isFalse();
    assertThat(configuration.isStatisticsEnabled()).isTrue();
    assertThat(configuration.isManagementEnabled()).isTrue();
    assertThat(configuration.getMaximumWeight()).isEqualTo(128L << 20);
    assertThat(configuration.getWeigherFactory()).isNotNull();
    assertThat(configuration.getEvictionEvents()).isEqualTo(EvictionEvents.EVICTED_ONLY);
    assertThat(configuration.getCopierFactory()).isNotNull();
    assertThat(configuration.getSerializerFactory()).isNotNull();
    assertThat(configuration.getExecutorFactory()).isNotNull();
    assertThat(configuration.getTickerFactory()).isNotNull();
    assertThat(configuration.getShards()).isEqualTo(4);
    assertThat(configuration.getImmutableTypes()).containsExactly(StringBuilder.class);
    assertThat(configuration.getCacheEntryListenerConfigurations()).hasSize(1);
  }

  @Test
  void copy_ofOwnConfiguration_copiesAllSettings() {
    TheineConfiguration<String, String> original = full();

    TheineConfiguration<String, String> copy = new TheineConfiguration<>(original);

    assertThat(copy).isEqualTo(original).hasSameHashCodeAs(original);
    assertThat(copy.isManagementEnabled()).isTrue();
  }

  @Test
  void copy_changedAfterwards_leavesTheOriginal() {
    TheineConfiguration<String, String> original = full();

    new TheineConfiguration<>(original).setImmutableTypes(Thread.class).setShards(null);

    assertThat(original).isEqualTo(full());
  }

  @Test
  void copy_ofForeignConfiguration_copiesWhatJCacheKnows() {
    CompleteConfiguration<String, String> original =
        new MutableConfiguration<String, String>()
            .setTypes(String.class, String.class)
            .setStatisticsEnabled(true)
            .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_DAY));

    TheineConfiguration<String, String> copy = new TheineConfiguration<>(original);

    assertThat(new MutableConfiguration<>(copy)).isEqualTo(original);
    assertThat(copy.getMaximumSize()).isNull();
  }

  @Test
  void serialised_withAllSettings_comesBackEqual() throws Exception {
    TheineConfiguration<String, String> original = full();

    assertThat(throughSerialisation(original)).isEqualTo(original);
  }

  static List<UnaryOperator<TheineConfiguration<String, String>>> changes() {
    return List.of(
        c -> c.setMaximumWeight(7, weigher()),
        c -> c.setMaximumWeight(128L << 20, FactoryBuilder.factoryOf(OtherWeigher.class)),
        c -> c.setEvictionEvents(EvictionEvents.NONE),
        c -> c.setCopierFactory(null),
        c -> c.setSerializerFactory(null),
        c -> c.setExecutorFactory(null),
        c -> c.setTickerFactory(null),
        c -> c.setShards(8),
        c -> c.setImmutableTypes(),
        c -> c.setManagementEnabled(false),
        c -> c.setStatisticsEnabled(false),
        c -> c.setExpiryPolicyFactory(EternalExpiryPolicy.factoryOf()));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void equals_oneSettingDiffers_isFalse(UnaryOperator<TheineConfiguration<String, String>> change) {
    assertThat(change.apply(full())).isNotEqualTo(full());
    assertThat(full()).isEqualTo(full());
  }

  @Test
  void equals_foreignConfiguration_isFalse() {
    assertThat(new TheineConfiguration<String, String>())
        .isNotEqualTo(new MutableConfiguration<String, String>());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void maximum_zeroOrLess_namesValueAndRule(long maximum) {
    TheineConfiguration<String, String> configuration = new TheineConfiguration<>();

    assertThatThrownBy(() -> configuration.setMaximumSize(maximum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maximumSize must be positive: " + maximum);
    assertThatThrownBy(() -> configuration.setMaximumWeight(maximum, weigher()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maximumWeight must be positive: " + maximum);
    assertThat(configuration).isEqualTo(new TheineConfiguration<String, String>());
  }

  @Test
  void maximumBytes_unknownUnit_namesValueAndRule() {
    assertThatThrownBy(
            () -> new TheineConfiguration<String, String>().setMaximumBytes("12X", weigher()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maximumBytes")
        .hasMessageEndingWith("12X");
  }

  @Test
  void maximumSize_besideMaximumWeight_isRefused() {
    assertThatThrownBy(
            () ->
                new TheineConfiguration<String, String>()
                    .setMaximumWeight(5, weigher())
                    .setMaximumSize(3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a cache has a maximumSize or a maximumWeight, not both: 3, 5");
    assertThatThrownBy(
            () ->
                new TheineConfiguration<String, String>()
                    .setMaximumSize(3)
                    .setMaximumBytes("5", weigher()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a cache has a maximumSize or a maximumWeight, not both: 3, 5");
  }

  @Test
  void maximumSize_setAgain_isReplaced() {
    assertThat(
            new TheineConfiguration<String, String>()
                .setMaximumSize(3)
                .setMaximumSize(Long.MAX_VALUE)
                .getMaximumSize())
        .isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 3, 6, Integer.MIN_VALUE, 1 << 17})
  void shards_noPowerOfTwoInRange_namesValueAndRule(int shards) {
    assertThatThrownBy(() -> new TheineConfiguration<String, String>().setShards(shards))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shards must be a power of two from 1 to 65536: " + shards);
  }

  @Test
  void immutableTypes_view_cannotBeChanged() {
    assertThatThrownBy(() -> full().getImmutableTypes().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static TheineConfiguration<String, String> full() {
    return new TheineConfiguration<String, String>()
        .setTypes(String.class, String.class)
        .setMaximumBytes("128M", weigher())
        .setEvictionEvents(EvictionEvents.EVICTED_ONLY)
        .setCopierFactory(FactoryBuilder.factoryOf(SameCopier.class))
        .setSerializerFactory(FactoryBuilder.factoryOf(NoSerializer.class))
        .setExecutorFactory(FactoryBuilder.factoryOf(DirectExecutor.class))
        .setTickerFactory(FactoryBuilder.factoryOf(StoppedTicker.class))
        .setShards(4)
        .setImmutableTypes(StringBuilder.class)
        .setCacheLoaderFactory(new NullFactory<CacheLoader<String, String>>())
        .setCacheWriterFactory(new NullFactory<CacheWriter<String, String>>())
        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR))
        .addCacheEntryListenerConfiguration(listener("a"))
        .addCacheEntryListenerConfiguration(listener("b"))
        .removeCacheEntryListenerConfiguration(listener("a"))
        .setReadThrough(true)
        .setWriteThrough(true)
        .setStoreByValue(false)
        .setStatisticsEnabled(true)
        .setManagementEnabled(true);
  }

  private static Factory<Weigher<Object, Object>> weigher() {
    return FactoryBuilder.factoryOf(UnitWeigher.class.getName());
  }

  private static MutableCacheEntryListenerConfiguration<String, String> listener(String name) {
    return new MutableCacheEntryListenerConfiguration<>(
        new NullFactory<CacheEntryListener<String, String>>(name), null, false, true);
  }

  private static Object throughSerialisation(Object original) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }

  public static class UnitWeigher implements Weigher<Object, Object> {
    @Override
    public int weigh(Object key, Object value) {
      return 1;
    }
  }

  public static class OtherWeigher extends UnitWeigher {}

  public static class SameCopier implements Copier<Object> {
    @Override
    public Object copy(Object value) {
      return value;
    }
  }

  public static class NoSerializer implements Serializer {
    @Override
    public byte[] serialize(Object value) {
      return new byte[0];
    }

    @Override
    public Object deserialize(byte[] bytes) {
      return "";
    }
  }

  public static class DirectExecutor implements Executor {
    @Override
    public void execute(Runnable command) {
      command.run();
    }
  }

  public static class StoppedTicker implements LongSupplier {
    @Override
    public long getAsLong() {
      return 0;
    }
  }

  /** A factory that is never asked, equal to others of its name. */
  private record NullFactory<T>(String name) implements Factory<T>, Serializable {

    NullFactory() {
      this("");
    }

    @Override
    public T create() {
      throw new AssertionError("nobody needs a plug-in here");
    }
  }
}
