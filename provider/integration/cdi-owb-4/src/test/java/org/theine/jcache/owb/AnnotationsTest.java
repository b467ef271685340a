package org.theine.jcache.owb;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import javax.cache.Caching;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.theine.jcache.cdi.CacheAnnotationsExtension;

/** Each annotation on a bean of OpenWebBeans, which is given the bean and the extension. */
final class AnnotationsTest {
  /** Counts how often it is asked. */
  @ApplicationScoped
  @CacheDefaults(cacheName = "quotes")
  static class Quotes {
    private int runs;

    @CacheResult
    String quote(String symbol) {
      return symbol + ++runs;
    }

    @CachePut
    void correct(@CacheKey String symbol, @CacheValue String quote) {}

    @CacheRemove
    void forget(String symbol) {}

    @CacheRemoveAll
    void forgetAll() {}
  }

  private SeContainer container;
  private Quotes quotes;

  @BeforeEach
  void start() {
    container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addExtensions(new CacheAnnotationsExtension())
            .addBeanClasses(Quotes.class)
            .initialize();
    quotes = container.select(Quotes.class).get();
  }

  @AfterEach
  void stop() {
    container.close();
    Caching.getCachingProvider().close();
  }

  @Test
  void result_askedTwice_runsOnceForEachKey() {
    assertThat(quotes.quote("a")).isEqualTo("a1");
    assertThat(quotes.quote("a")).isEqualTo("a1");
    assertThat(quotes.quote("b")).isEqualTo("b2");
    assertThat(Caching.getCachingProvider().getCacheManager().getCacheNames())
        .containsExactly("quotes");
  }

  @Test
  void put_value_isTheResult() {
    quotes.quote("a");

    quotes.correct("a", "corrected");

    assertThat(quotes.quote("a")).isEqualTo("corrected");
  }

  @Test
  void remove_key_runsAnewForItAlone() {
    quotes.quote("a");
    quotes.quote("b");

    quotes.forget("a");

    assertThat(quotes.quote("a")).isEqualTo("a3");
    assertThat(quotes.quote("b")).isEqualTo("b2");
  }

  @Test
  void removeAll_runsAnewForEachKey() {
    quotes.quote("a");
    quotes.quote("b");

    quotes.forgetAll();

    assertThat(quotes.quote("a")).isEqualTo("a3");
    assertThat(quotes.quote("b")).isEqualTo("b4");
  }
}
