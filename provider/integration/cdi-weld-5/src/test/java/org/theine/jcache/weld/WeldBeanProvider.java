package org.theine.jcache.weld;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.annotation.BeanProvider;
import manager.CacheNameOnEachMethodBlogManagerImpl;
import manager.ClassLevelCacheConfigBlogManagerImpl;
import manager.UsingDefaultCacheNameBlogManagerImpl;

/** Gives the annotation tests of the TCK their beans, made by Weld; found by the service loader. */
public final class WeldBeanProvider implements BeanProvider {
  /** The beans that were asked for; without a provider the tests pass without running. */
  static final Set<Class<?>> GIVEN = ConcurrentHashMap.newKeySet();

  private final Container container =
      new Container(
          CacheNameOnEachMethodBlogManagerImpl.class,
          ClassLevelCacheConfigBlogManagerImpl.class,
          UsingDefaultCacheNameBlogManagerImpl.class);

  /** Made by the service loader. */
  public WeldBeanProvider() {}

  @Override
  public <T> T getBeanByType(Class<T> beanClass) {
    GIVEN.add(beanClass);
    return container.get(beanClass);
  }
}
