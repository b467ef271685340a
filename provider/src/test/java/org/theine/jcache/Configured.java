package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;

/** A provider of its own with the manager of a file that is written for one test. */
final class Configured implements AutoCloseable {
  final TheineCachingProvider provider = new TheineCachingProvider();
  final Path file;
  final Properties properties = new Properties();

  private Configured(Path file) {
    this.file = file;
  }

  /** Writes the inside of the block {@code theine.jcache}; its first line is line 2. */
  static Configured by(Path folder, String block) {
    return byFile(folder.resolve("theine.conf"), "theine.jcache {\n" + block + "\n}\n");
  }

  static Configured byFile(Path file, String content) {
    Configured configured = new Configured(file);
    configured.write(content);
    return configured;
  }

  void write(String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Configured with(String property, String value) {
    properties.setProperty("theine.jcache." + property, value);
    return this;
  }

  URI uri() {
    return file.toUri();
  }

  TheineCacheManager manager() {
    return (TheineCacheManager)
        provider.getCacheManager(uri(), getClass().getClassLoader(), properties);
  }

  /** The message of the one exception that opening the manager fails with. */
  String refusal() {
    Throwable thrown = catchThrowable(this::manager);
    assertThat(thrown).isInstanceOf(CacheException.class);
    return thrown.getMessage();
  }

  TheineCache<Object, Object> declared(String name) {
    return cache(manager().getCache(name));
  }

  TheineCache<Object, Object> made(String name) {
    return made(name, new MutableConfiguration<>());
  }

  TheineCache<Object, Object> made(String name, Configuration<Object, Object> configuration) {
    return cache(manager().createCache(name, configuration));
  }

  @SuppressWarnings("unchecked")
  private static TheineCache<Object, Object> cache(Cache<Object, Object> cache) {
    assertThat(cache).isNotNull();
    return cache.unwrap(TheineCache.class);
  }

  @SuppressWarnings("unchecked")
  static TheineConfiguration<Object, Object> of(TheineCache<Object, Object> cache) {
    return (TheineConfiguration<Object, Object>)
        cache.getConfiguration(CompleteConfiguration.class);
  }

  static ExpiryPolicy expiry(TheineCache<Object, Object> cache) {
    return of(cache).getExpiryPolicyFactory().create();
  }

  @Override
  public void close() {
    provider.close();
  }
}
