package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListenerFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.theine.jcache.integration.ContextLoader;

/** Threads without a context class loader, and plug-ins that JCache makes by their class names. */
final class NoContextLoaderTest {
  private static final List<String> SEEN = new CopyOnWriteArrayList<>();

  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();

  @BeforeEach
  void takeLoader() {
    SEEN.clear();
    thread.setContextClassLoader(null);
  }

  @AfterEach
  void giveBack() {
    thread.setContextClassLoader(before);
  }

  @Test
  void everything_noContextLoader_works() throws Exception {
    try (CacheManager manager = Caching.getCachingProvider().getCacheManager()) {
      Cache<String, Name> cache =
          manager.createCache(
              "names",
              new MutableConfiguration<String, Name>()
                  .setTypes(String.class, Name.class)
                  .setReadThrough(true)
                  .setWriteThrough(true)
                  .setCacheLoaderFactory(FactoryBuilder.factoryOf(Loader.class))
                  .setCacheWriterFactory(FactoryBuilder.factoryOf(Writer.class))
                  .setExpiryPolicyFactory(FactoryBuilder.factoryOf(Expiry.class))
                  .addCacheEntryListenerConfiguration(listener()));
      cache.put("a", new Name("put"));
      CompletionListenerFuture done = new CompletionListenerFuture();
      cache.loadAll(Set.of("b"), true, done);
      done.get();
      String processed = cache.invoke("a", (entry, arguments) -> entry.getValue().text);

      assertThat(cache.get("a").text).isEqualTo("put");
      assertThat(cache.get("b").text).isEqualTo("loaded");
      assertThat(processed).isEqualTo("put");
      assertThat(SEEN).containsExactly("written a", "told a", "told b");
      assertThat(thread.getContextClassLoader()).isNull();
    }
  }

  @Test
  void registerCacheEntryListener_noContextLoader_works() {
    try (CacheManager manager = Caching.getCachingProvider().getCacheManager()) {
      Cache<String, Name> cache = manager.createCache("names", new MutableConfiguration<>());
      cache.registerCacheEntryListener(listener());
      cache.put("a", new Name("put"));

      assertThat(SEEN).containsExactly("told a");
    }
  }

  @Test
  void providerByClassName_withALoader_isFound() {
    assertThat(
            Caching.getCachingProvider(TheineCachingProvider.class.getName(), before)
                .getCacheManager(null, null)
                .isClosed())
        .isFalse();
    Caching.getCachingProvider(TheineCachingProvider.class.getName(), before).close();
  }

  @Test
  void factory_threadHasAContextLoader_seesThatOne() {
    ClassLoader own = new ClassLoader() {};
    thread.setContextClassLoader(own);

    assertThat(ContextLoader.create(thread::getContextClassLoader, before)).isSameAs(own);
    assertThat(thread.getContextClassLoader()).isSameAs(own);
  }

  private static MutableCacheEntryListenerConfiguration<String, Name> listener() {
    return new MutableCacheEntryListenerConfiguration<>(
        FactoryBuilder.factoryOf(Listener.class),
        FactoryBuilder.factoryOf(Filter.class),
        false,
        true);
  }

  private static final class Name implements Serializable {
    @Serial private static final long serialVersionUID = 1;

    final String text;
    final ArrayList<String> more = new ArrayList<>(); // can be changed, hence is copied

    Name(String text) {
      this.text = text;
    }
  }

  /** Made by its class name, as all below. */
  public static final class Loader implements CacheLoader<String, Name> {
    @Override
    public Name load(String key) {
      return new Name("loaded");
    }

    @Override
    public Map<String, Name> loadAll(Iterable<? extends String> keys) {
      Map<String, Name> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      return loaded;
    }
  }

  /** Says what it is told to write. */
  public static final class Writer implements CacheWriter<String, Name> {
    @Override
    public void write(Cache.Entry<? extends String, ? extends Name> entry) {
      SEEN.add("written " + entry.getKey());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends Name>> entries) {
      entries.forEach(this::write);
    }

    @Override
    public void delete(Object key) {}

    @Override
    public void deleteAll(Collection<?> keys) {}
  }

  /** An hour from everything. */
  public static final class Expiry implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      return Duration.ONE_HOUR;
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      return null;
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
      return null;
    }
  }

  /** Says what was created. */
  public static final class Listener implements CacheEntryCreatedListener<String, Name> {
    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Name>> events) {
      events.forEach(event -> SEEN.add("told " + event.getKey()));
    }
  }

  /** Lets everything pass. */
  public static final class Filter implements CacheEntryEventFilter<String, Name> {
    @Override
    public boolean evaluate(CacheEntryEvent<? extends String, ? extends Name> event) {
      return true;
    }
  }
}
