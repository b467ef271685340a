package org.theine.jcache.weld;

import java.net.URI;
import java.util.Properties;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;

/** Another provider on the class path, which nobody is to use. */
public final class AnotherProvider implements CachingProvider {
  /** Made by the service loader. */
  public AnotherProvider() {}

  @Override
  public ClassLoader getDefaultClassLoader() {
    return getClass().getClassLoader();
  }

  @Override
  public URI getDefaultURI() {
    return URI.create("urn:another");
  }

  @Override
  public Properties getDefaultProperties() {
    return new Properties();
  }

  @Override
  public CacheManager getCacheManager(URI uri, ClassLoader classLoader, Properties properties) {
    throw new AssertionError("the other provider is used");
  }

  @Override
  public CacheManager getCacheManager(URI uri, ClassLoader classLoader) {
    throw new AssertionError("the other provider is used");
  }

  @Override
  public CacheManager getCacheManager() {
    throw new AssertionError("the other provider is used");
  }

  @Override
  public void close() {}

  @Override
  public void close(ClassLoader classLoader) {}

  @Override
  public void close(URI uri, ClassLoader classLoader) {}

  @Override
  public boolean isSupported(OptionalFeature optionalFeature) {
    return false;
  }
}
