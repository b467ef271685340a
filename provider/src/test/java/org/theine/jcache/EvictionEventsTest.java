package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.theine.jcache.Caches.statistics;
import static org.theine.jcache.Caches.synchronous;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events of evictions, which JCache has no type for. */
final class EvictionEventsTest {
  @RegisterExtension final Caches caches = new Caches();

  private final RecordingListener<Integer, String> listener = new RecordingListener<>();

  @SafeVarargs
  private TheineConfiguration<Integer, String> configuration(
      CacheEntryListenerConfiguration<Integer, String>... listeners) {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    for (CacheEntryListenerConfiguration<Integer, String> each : listeners) {
      configuration.addCacheEntryListenerConfiguration(each);
    }
    return configuration;
  }

  /** Hears of removals and of evictions. */
  private final class Both extends RecordingListener<Integer, String>
      implements CacheEntryEvictedListener<Integer, String> {
    private final List<String> evicted = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void onEvicted(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
      events.forEach(event -> evicted.add(describe(event)));
    }
  }

  private final List<String> removals = Collections.synchronizedList(new ArrayList<>());
  private final List<String> evictions = Collections.synchronizedList(new ArrayList<>());
  private final Both both = new Both();

  private String describe(CacheEntryEvent<?, ?> event) {
    return event.getEventType()
        + " "
        + event.unwrap(TheineCacheEntryEvent.class).cause()
        + " "
        + event.getKey().equals(Integer.valueOf(event.getOldValue().toString().trim()))
        + " "
        + event.getValue().equals(event.getOldValue());
  }

  private TheineCache<Integer, String> listenedTo(
      TheineConfiguration<Integer, String> configuration) {
    CacheEntryRemovedListener<Integer, String> removed =
        events -> events.forEach(event -> removals.add(describe(event)));
    CacheEntryEvictedListener<Integer, String> evicted =
        events -> events.forEach(event -> evictions.add(describe(event)));
    return caches.create(
        configuration
            .addCacheEntryListenerConfiguration(synchronous(removed))
            .addCacheEntryListenerConfiguration(synchronous(evicted))
            .addCacheEntryListenerConfiguration(synchronous(both)));
  }

  private void fill(TheineCache<Integer, String> cache, int entries) {
    for (int key = 0; key < entries; key++) {
      cache.put(key, String.valueOf(key));
    }
  }

  @Test
  void eviction_byDefault_isToldAsRemovalWithItsCause() {
    TheineCache<Integer, String> cache = listenedTo(configuration().setMaximumSize(10));
    fill(cache, 30);

    List<String> expected = Collections.nCopies(20, "REMOVED SIZE true true");
    assertThat(removals).isEqualTo(expected);
    assertThat(evictions).isEqualTo(expected);
    assertThat(both.evicted).isEqualTo(expected);
    assertThat(both.take()).hasSize(30).allMatch(event -> event.startsWith("CREATED"));
    assertThat(statistics(cache).getCacheEvictions()).isEqualTo(20);
    assertThat(statistics(cache).getCacheRemovals()).isZero();
  }

  @Test
  void eviction_evictedOnly_isNotToldAsRemoval() {
    TheineCache<Integer, String> cache =
        listenedTo(
            configuration().setMaximumSize(10).setEvictionEvents(EvictionEvents.EVICTED_ONLY));
    fill(cache, 30);
    int kept = cache.iterator().next().getKey();

    assertThat(removals).isEmpty();
    assertThat(evictions).hasSize(20);
    assertThat(both.evicted).hasSize(20);
    cache.remove(kept); // that is one
    assertThat(removals).containsExactly("REMOVED EXPLICIT true true");
    assertThat(evictions).hasSize(20);
  }

  @Test
  void eviction_none_isToldToNobodyAndCounted() {
    TheineCache<Integer, String> cache =
        listenedTo(configuration().setMaximumSize(10).setEvictionEvents(EvictionEvents.NONE));
    fill(cache, 30);

    assertThat(removals).isEmpty();
    assertThat(evictions).isEmpty();
    assertThat(both.evicted).isEmpty();
    assertThat(statistics(cache).getCacheEvictions()).isEqualTo(20);
  }

  @Test
  void eviction_byWeight_saysSo() {
    TheineCache<Integer, String> cache =
        listenedTo(configuration().setMaximumWeight(20, () -> (key, value) -> value.length()));
    fill(cache, 30);

    assertThat(evictions).isNotEmpty().containsOnly("REMOVED WEIGHT true true");
    assertThat(removals).isEqualTo(evictions);
    assertThat(cache.weight()).isLessThanOrEqualTo(20);
    assertThat(cache.size()).isEqualTo(30L - evictions.size());
  }

  @Test
  void put_tooHeavy_isToldAsCreatedAndEvicted() {
    TheineCache<Integer, String> cache =
        listenedTo(configuration().setMaximumWeight(3, () -> (key, value) -> value.length()));
    cache.put(1, "   1");
    assertThat(cache.containsKey(1)).isFalse();
    assertThat(both.take()).containsExactly("CREATED 1=   1");
    assertThat(both.evicted).containsExactly("REMOVED WEIGHT true true");

    cache.put(1, "1");
    cache.put(1, "   1");
    assertThat(cache.containsKey(1)).isFalse();
    assertThat(both.take()).containsExactly("CREATED 1=1", "UPDATED 1=   1 was 1");
    assertThat(both.evicted).hasSize(2).containsOnly("REMOVED WEIGHT true true");
  }

  @Test
  void eviction_listenerThrows_isNotTheCallersFault() {
    TheineCache<Integer, String> cache = listenedTo(configuration().setMaximumSize(1));
    CacheEntryEvictedListener<Integer, String> failing =
        events -> {
          throw new ArithmeticException("in a listener");
        };
    cache.registerCacheEntryListener(synchronous(failing));

    fill(cache, 2);

    assertThat(evictions).hasSize(1);
  }

  @Test
  void eviction_keyComesBack_isToldBeforeItsCreation() {
    TheineCache<Integer, String> cache =
        caches.create(configuration(synchronous(listener)).setMaximumSize(4));
    Map<Integer, Boolean> present = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      cache.put(i % 7, "v" + i);
    }

    List<String> told = listener.take();
    assertThat(told).hasSizeGreaterThan(500);
    for (String event : told) {
      int key = event.charAt(event.indexOf('=') - 1) - '0';
      boolean leaves = event.startsWith("REMOVED");
      @Nullable Boolean before = present.put(key, !leaves);
      boolean creates = event.startsWith("CREATED");
      assertThat(before != null && before).as(event).isEqualTo(!creates);
    }
  }
}
