package org.theine.jcache.weld.app;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.InterceptionType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.Callable;
import javax.cache.Caching;

/** Starts a container that has to find beans and extensions by itself, and uses a bean. */
public final class CdiApplication implements Callable<String> {
  /** Made by the test. */
  public CdiApplication() {}

  /** Returns what the bean answered, and how many interceptors each annotation has. */
  @Override
  public String call() {
    try (SeContainer container = SeContainerInitializer.newInstance().initialize()) {
      Sample sample = container.select(Sample.class).get();
      String found = sample.find(1) + " " + sample.find(1);
      sample.put(1, 10);
      found += " " + sample.find(1);
      sample.remove(1);
      found += " " + sample.find(1);
      sample.clear();
      found += " " + sample.find(1);
      return found + ", interceptors " + interceptors(container);
    } finally {
      Caching.getCachingProvider().close();
    }
  }

  private static String interceptors(SeContainer container) {
    StringBuilder counts = new StringBuilder();
    for (String name : new String[] {"find", "put", "remove", "clear"}) {
      Method method =
          Arrays.stream(Sample.class.getMethods())
              .filter(m -> m.getName().equals(name))
              .findFirst()
              .orElseThrow();
      Annotation annotation = method.getAnnotations()[0];
      counts.append(
          container
              .getBeanManager()
              .resolveInterceptors(InterceptionType.AROUND_INVOKE, annotation)
              .size());
    }
    return counts.toString();
  }
}
