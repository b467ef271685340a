package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a cache says of itself, what it may be called, and how it is walked. */
final class LifeCycleConformanceTest {
  @RegisterExtension final Caches caches = new Caches();

  // ---- configuration

  @Test
  @SuppressWarnings("unchecked") // a class literal has no type arguments
  void getConfiguration_changed_leavesTheCacheAlone() {
    MutableConfiguration<Integer, String> given =
        new MutableConfiguration<Integer, String>().setTypes(Integer.class, String.class);
    TheineCache<Integer, String> cache = caches.create(given);
    given.setStoreByValue(false).setStatisticsEnabled(true).setReadThrough(true);

    TheineConfiguration<Integer, String> changed =
        cache.getConfiguration(TheineConfiguration.class);
    changed.setStoreByValue(false).setManagementEnabled(true).setMaximumSize(7);

    TheineConfiguration<Integer, String> seen = cache.getConfiguration(TheineConfiguration.class);
    assertThat(seen.isStoreByValue()).isTrue();
    assertThat(seen.isStatisticsEnabled()).isFalse();
    assertThat(seen.isManagementEnabled()).isFalse();
    assertThat(seen.isReadThrough()).isFalse();
    assertThat(seen.getMaximumSize()).isNull();
    assertThat(cache.getConfiguration(Configuration.class).getKeyType()).isEqualTo(Integer.class);
    assertThat(cache.getConfiguration(CompleteConfiguration.class).isReadThrough()).isFalse();
  }

  /** A configuration that no cache has. */
  private static final class Foreign<K, V> extends MutableConfiguration<K, V> {
    private static final long serialVersionUID = 1L;
  }

  @Test
  @SuppressWarnings("unchecked") // a class literal has no type arguments
  void unknownTypes_askedFor_areRefused() {
    TheineCache<Integer, String> cache = caches.create(caches.configuration());
    cache.put(1, "a");

    assertThatThrownBy(() -> cache.getConfiguration(Foreign.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Foreign.class.getName());
    assertThatThrownBy(() -> cache.unwrap(Thread.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Thread.class.getName());
    assertThatThrownBy(() -> caches.manager().unwrap(Thread.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cache.iterator().next().unwrap(Thread.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cache.invoke(1, (entry, arguments) -> entry.unwrap(Thread.class)))
        .isInstanceOf(EntryProcessorException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat((Object) cache.unwrap(TheineCache.class)).isSameAs(cache);
    assertThat((Object) cache.unwrap(Cache.class)).isSameAs(cache);
  }

  // ---- names

  private static Stream<String> strangeNames() {
    return Stream.of("a,b", "a:b", "a=b", "a\nb", "a*", "?", "\"quoted\"", "back\\slash", " ", "ü");
  }

  @ParameterizedTest
  @MethodSource("strangeNames")
  void createCache_strangeName_hasBothBeans(String name) throws Exception {
    TheineCache<Integer, String> cache =
        caches.create(name, caches.<Integer, String>configuration().setManagementEnabled(true));

    assertThat(Caches.beansOf(caches.manager())).hasSize(2);
    assertThat(caches.manager().<Integer, String>getCache(name)).isSameAs(cache);
    assertThat(caches.manager().getCacheNames()).containsExactly(name);

    cache.close();
    assertThat(Caches.beansOf(caches.manager())).isEmpty();
  }

  @Test
  void createCache_twoNamesOfOneBeanName_bothHaveBeansOfTheirOwn() throws Exception {
    TheineCache<Integer, String> first = caches.create("a*", caches.configuration());
    TheineCache<Integer, String> second = caches.create("a?", caches.configuration());
    assertThat(Caches.beansOf(caches.manager())).hasSize(2);

    first.close();
    assertThat(Caches.beansOf(caches.manager())).hasSize(1);
    second.close();
    assertThat(Caches.beansOf(caches.manager())).isEmpty();
  }

  // ---- types

  @Test
  void getCache_ofATypedCache_checksTypesAndAllowsNone() {
    TheineCache<Integer, String> typed =
        caches.create(
            "typed", caches.<Integer, String>configuration().setTypes(Integer.class, String.class));
    caches.create("untyped", caches.configuration());
    CacheManager manager = caches.manager();

    assertThat(manager.<Integer, String>getCache("typed")).isSameAs(typed);
    assertThat(manager.getCache("typed", Integer.class, String.class)).isSameAs(typed);
    assertThat(manager.getCache("missing", Integer.class, String.class)).isNull();
    assertThatThrownBy(() -> manager.getCache("typed", Long.class, String.class))
        .isInstanceOf(ClassCastException.class)
        .hasMessageContaining("typed")
        .hasMessageContaining(Long.class.getName());
    assertThatThrownBy(() -> manager.getCache("typed", Integer.class, Object.class))
        .isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> manager.getCache("untyped", Integer.class, String.class))
        .isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> caches.create("typed", caches.configuration()))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("typed");
  }

  // ---- iterator

  private TheineCache<Integer, String> three() {
    TheineCache<Integer, String> cache = caches.create(caches.configuration());
    cache.putAll(Map.of(1, "a", 2, "b", 3, "c"));
    return cache;
  }

  @Test
  void iterator_nextWithoutHasNext_walksAll() {
    Iterator<Cache.Entry<Integer, String>> iterator = three().iterator();
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      seen.add(iterator.next().getKey());
    }

    assertThat(seen).containsExactlyInAnyOrder(1, 2, 3);
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void iterator_hasNextTwice_losesNothing() {
    Iterator<Cache.Entry<Integer, String>> iterator = three().iterator();
    List<Integer> seen = new ArrayList<>();
    while (iterator.hasNext() && iterator.hasNext()) {
      seen.add(iterator.next().getKey());
    }

    assertThat(seen).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(iterator.hasNext()).isFalse();
  }

  @Test
  void iterator_removeAfterAReplace_removes() {
    TheineCache<Integer, String> cache = three();
    Iterator<Cache.Entry<Integer, String>> iterator = cache.iterator();
    int key = iterator.next().getKey();
    cache.replace(key, "newer");

    iterator.remove();

    assertThat(cache.containsKey(key)).isFalse();
    assertThat(cache.size()).isEqualTo(2);
    assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void iterator_removeBeforeNext_isRefused() {
    Iterator<Cache.Entry<Integer, String>> iterator = three().iterator();

    assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
    iterator.next();
    iterator.hasNext();
    iterator.remove();
  }

  @Test
  void iterator_usedAfterClose_isRefused() {
    TheineCache<Integer, String> cache = three();
    Iterator<Cache.Entry<Integer, String>> iterator = cache.iterator();
    iterator.next();
    assertThat(iterator.hasNext()).isTrue();
    cache.close();

    assertThatThrownBy(iterator::hasNext).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(iterator::next).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
  }
}
