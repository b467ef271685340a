package org.theine.jcache.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.github.benmanes.caffeine.cache.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.CompleteConfiguration;
import org.cache2k.processor.MutableCacheEntry;
import org.ehcache.config.CacheRuntimeConfiguration;
import org.ehcache.expiry.ExpiryPolicy;
import org.ehcache.jsr107.Eh107Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.theine.jcache.bench.BoundedCaches;
import org.theine.jcache.bench.jmh.Mapping;

/** Everyone who takes part in a row does it as the row says. */
final class ProvidersTest {
  private static final int KEYS = 1000;

  private @Nullable Cache<Object, Object> opened;

  @AfterEach
  void closeCache() {
    if (opened != null) {
      opened.getCacheManager().destroyCache(opened.getName());
    }
  }

  private Cache<Object, Object> open(Contestant contestant, Setting setting) {
    opened = Providers.open(contestant, setting, KEYS);
    return opened;
  }

  /** Each provider with each setting that it has in some row. */
  static Stream<Arguments> providers() {
    return all(true);
  }

  /** Each floor that knows a bound, with each setting that it has in some row. */
  static Stream<Arguments> floors() {
    return all(false);
  }

  private static Stream<Arguments> all(boolean provider) {
    return Row.all().stream()
        .flatMap(
            row ->
                row.contestants().stream()
                    .filter(contestant -> contestant.isProvider() == provider)
                    .map(contestant -> List.of(contestant, row.setting())))
        .distinct()
        .map(pair -> Arguments.of(pair.toArray()));
  }

  private static Stream<Arguments> providersOf(Setting setting) {
    return providers().filter(arguments -> arguments.get()[1] == setting);
  }

  static Stream<Arguments> ofStatistics() {
    return providersOf(Setting.STATISTICS);
  }

  static Stream<Arguments> ofListener() {
    return providersOf(Setting.LISTENER);
  }

  static Stream<Arguments> expiring(boolean provider) {
    return all(provider).filter(arguments -> ((Setting) arguments.get()[1]).expires());
  }

  static Stream<Arguments> expiringProviders() {
    return expiring(true);
  }

  static Stream<Arguments> expiringFloors() {
    return expiring(false);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void open_moreKeysThanFit_keepsToTheBound(Contestant contestant, Setting setting) {
    Cache<Object, Object> cache = open(contestant, setting);
    for (int key = 0; key < KEYS; key++) {
      if (setting == Setting.READ_THROUGH) {
        assertThat(cache.get(key)).isEqualTo(key);
      } else {
        cache.put(key, key);
      }
    }
    int held = 0;
    for (Cache.Entry<Object, Object> entry : cache) {
      assertThat(entry.getValue()).isEqualTo(entry.getKey());
      held++;
    }

    assertThat(held).isEqualTo(setting.evicts() ? KEYS / 10 : KEYS);
  }

  @ParameterizedTest
  @MethodSource("floors")
  void openFloor_moreKeysThanFit_keepsToTheBound(Contestant contestant, Setting setting) {
    Mapping mapping = Floors.open(contestant, setting, KEYS);
    for (int key = 0; key < KEYS; key++) {
      if (setting == Setting.READ_THROUGH) {
        assertThat(mapping.get(key)).isEqualTo(key);
      } else {
        mapping.put(key, key);
        assertThat(mapping.get(key)).isEqualTo(key);
      }
    }
    long held = IntStream.range(0, KEYS).filter(mapping::remove).count();

    assertThat(held).isEqualTo(setting.evicts() ? KEYS / 10 : KEYS);
    assertThat(mapping.remove(0)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void open_anySetting_copiesIfByValue(Contestant contestant, Setting setting) {
    Cache<Object, Object> cache = open(contestant, setting);
    List<String> value = new ArrayList<>(List.of("a"));
    cache.put("key", value);
    Object found = Objects.requireNonNull(cache.get("key"));

    assertThat(found).isEqualTo(List.of("a"));
    if (setting == Setting.BY_VALUE) {
      assertThat(found).isNotSameAs(value);
      value.add("b");
      assertThat(cache.get("key")).isEqualTo(List.of("a"));
    } else {
      assertThat(found).isSameAs(value);
    }
  }

  @ParameterizedTest
  @MethodSource("ofStatistics")
  void open_statistics_countsHitsAndMisses(Contestant contestant, Setting setting) {
    Cache<Object, Object> cache = open(contestant, setting);
    cache.put(1, 1);
    cache.get(1);
    cache.get(1);
    cache.get(2);

    assertThat(BoundedCaches.statistics(cache).getCacheHits()).isEqualTo(2);
    assertThat(BoundedCaches.statistics(cache).getCacheMisses()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("ofListener")
  void open_listener_hearsOfEachPutBeforeItReturns(Contestant contestant, Setting setting) {
    Hearer hearer = new Hearer();
    opened = Providers.open(contestant, setting, KEYS, hearer);
    for (int i = 1; i <= 10; i++) {
      opened.put(1, i);
      assertThat(hearer.heard()).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @MethodSource("expiringProviders")
  void open_expiry_isThatOfTheSetting(Contestant contestant, Setting setting) {
    Cache<Object, Object> cache = open(contestant, setting);
    if (contestant == Contestant.EHCACHE_JCACHE) {
      ExpiryPolicy<Object, Object> policy = ehcachePolicy(cache);
      assertThat(policy.getExpiryForCreation(1, 1)).isEqualTo(setting.life());
      assertThat(policy.getExpiryForAccess(1, () -> 1))
          .isEqualTo(setting.prolongs() ? setting.life() : null);
    } else if (contestant == Contestant.CACHE2K_JCACHE) {
      assertLives(cache2k(cache), setting.life()); // its configuration tells nothing of expiry
    } else {
      assertThat(configuration(cache).getExpiryPolicyFactory().create())
          .isEqualTo(setting.expiry().create());
    }
  }

  @SuppressWarnings("unchecked") // as the interface has it
  private static CompleteConfiguration<Object, Object> configuration(Cache<Object, Object> cache) {
    return cache.getConfiguration(CompleteConfiguration.class);
  }

  @SuppressWarnings("unchecked") // as the interface has it
  private static org.cache2k.Cache<Object, Object> cache2k(Cache<Object, Object> cache) {
    return cache.unwrap(org.cache2k.Cache.class);
  }

  private static void assertLives(org.cache2k.Cache<Object, Object> cache, Duration life) {
    long before = System.currentTimeMillis();
    cache.put(1, 1);
    long end = cache.invoke(1, MutableCacheEntry::getExpiryTime);
    assertThat(end).isGreaterThanOrEqualTo(before + life.toMillis());
    assertThat(end).isLessThanOrEqualTo(System.currentTimeMillis() + life.toMillis());
  }

  @SuppressWarnings("unchecked") // as the interfaces have it
  private static ExpiryPolicy<Object, Object> ehcachePolicy(Cache<Object, Object> cache) {
    return (ExpiryPolicy<Object, Object>)
        ((Eh107Configuration<Object, Object>) cache.getConfiguration(Eh107Configuration.class))
            .unwrap(CacheRuntimeConfiguration.class)
            .getExpiryPolicy();
  }

  @ParameterizedTest
  @MethodSource("expiringFloors")
  void openFloor_expiry_isThatOfTheSetting(Contestant contestant, Setting setting) {
    Mapping mapping = Floors.open(contestant, setting, KEYS);
    if (mapping instanceof Floors.CaffeineMapping caffeine) {
      Policy<Object, Object> policy = caffeine.cache().policy();
      assertThat(setting.prolongs() ? policy.expireAfterAccess() : policy.expireAfterWrite())
          .hasValueSatisfying(life -> assertThat(life.getExpiresAfter()).isEqualTo(setting.life()));
    } else if (mapping instanceof Floors.Cache2kMapping cache2k) {
      assertLives(cache2k.cache(), setting.life());
    } else {
      assertThat(contestant).isEqualTo(Contestant.MAP); // which knows no expiry
    }
  }

  @Test
  void open_manyCaches_areAllDistinct() {
    Cache<Object, Object> first = open(Contestant.THEINE, Setting.ROOMY);
    Cache<Object, Object> second = Providers.open(Contestant.THEINE, Setting.ROOMY, KEYS);
    second.put(1, 1);

    assertThat(first.containsKey(1)).isFalse();
    second.getCacheManager().destroyCache(second.getName());
  }

  @ParameterizedTest
  @EnumSource
  void open_ofTheOtherKind_isRefused(Contestant contestant) {
    if (contestant.isProvider()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Floors.open(contestant, Setting.ROOMY, KEYS))
          .withMessage(contestant + " is no floor");
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Providers.open(contestant, Setting.ROOMY, KEYS))
          .withMessage(contestant + " is no provider");
    }
  }

  @Test
  void stateOfFloor_filled_hasWhatIsAskedForAndNoCache() {
    CacheState state = new CacheState();
    state.contestant = Contestant.MAP;
    state.setting = Setting.ROOMY;
    state.keys = KEYS;
    state.fill();

    assertThat(state.mapping().get(state.request(0))).isInstanceOf(Integer.class);
    assertThatIllegalStateException().isThrownBy(state::cache);
  }
}
