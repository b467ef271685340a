package org.theine.jcache.tck;

import com.google.inject.Guice;
import com.google.inject.Injector;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import javax.cache.Caching;
import javax.cache.annotation.BeanProvider;
import org.jsr107.ri.annotations.guice.module.CacheAnnotationsModule;

/**
 * Gives the annotation tests their beans, made by Guice with the interceptors of the reference
 * implementation of the annotations. Not thread-safe: JUnit 4 runs its tests one after the other.
 *
 * <p>Without a bean provider these tests pass without running, so it logs what it gave, and the
 * gate looks for that.
 */
public final class GuiceBeanProvider implements BeanProvider {
  private static final System.Logger LOGGER = System.getLogger(GuiceBeanProvider.class.getName());

  private final Injector injector = Guice.createInjector(new CacheAnnotationsModule());
  private final Map<Class<?>, Object> beans = new HashMap<>();

  /** Made by the service loader. */
  public GuiceBeanProvider() {}

  @Override
  public <T> T getBeanByType(Class<T> beanClass) {
    return beanClass.cast(beans.computeIfAbsent(beanClass, this::create));
  }

  private Object create(Class<?> beanClass) {
    Object bean = injector.getInstance(beanClass);
    // Guice intercepts by a subclass; on the class itself the annotations would do nothing.
    LOGGER.log(
        Level.INFO,
        "BEAN PROVIDER: {0} {1}, caches of {2}",
        beanClass.getSimpleName(),
        bean.getClass() == beanClass ? "not intercepted" : "intercepted",
        Caching.getCachingProvider().getClass().getPackageName());
    return bean;
  }
}
