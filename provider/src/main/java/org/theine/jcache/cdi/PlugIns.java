package org.theine.jcache.cdi;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The application's objects that annotations name by their class: the bean of CDI if there is one,
 * else what the constructor without parameters makes. One of each class, kept until closed; safe
 * for use by any thread.
 */
final class PlugIns {
  private record Held(Object object, @Nullable CreationalContext<?> context) {
    /** Ends the life of a dependent object; the container ends that of others. */
    void release() {
      if (context != null) {
        context.release();
      }
    }
  }

  private final BeanManager beans;
  private final ConcurrentMap<Class<?>, Held> held = new ConcurrentHashMap<>();

  PlugIns(BeanManager beans) {
    this.beans = beans;
  }

  /**
   * Returns the object of a class. Threads that are first together may each make one; the others'
   * are released.
   *
   * @throws CacheException if no such object can be made
   */
  <T> T get(Class<T> type) {
    Held found = held.get(type);
    if (found == null) {
      Held made = make(type);
      found = held.putIfAbsent(type, made);
      if (found == null) {
        found = made;
      } else {
        made.release();
      }
    }
    return type.cast(found.object);
  }

  /** Tells whether there is a bean of a type. */
  boolean isBean(Class<?> type) {
    return !beans.getBeans(type).isEmpty();
  }

  /** Returns why there can be no object of a class; null if there can. */
  @Nullable String problemOf(Class<?> type) {
    try {
      if (resolve(type) == null) {
        constructorOf(type);
      }
      return null;
    } catch (CacheException problem) {
      return problem.getMessage();
    }
  }

  /** Releases what was made. */
  void close() {
    held.values()
        .removeIf(
            object -> {
              object.release();
              return true;
            });
  }

  private Held make(Class<?> type) {
    Bean<?> bean = resolve(type);
    if (bean == null) {
      return new Held(construct(type), null);
    }
    CreationalContext<?> context = beans.createCreationalContext(bean);
    return new Held(beans.getReference(bean, type, context), context);
  }

  private @Nullable Bean<?> resolve(Class<?> type) {
    Set<Bean<?>> found = beans.getBeans(type);
    try {
      return beans.resolve(found);
    } catch (AmbiguousResolutionException severalOfTheType) {
      // One of them may be of that very class, the others of subclasses.
      Set<Bean<?>> exact =
          found.stream()
              .filter(bean -> bean.getBeanClass() == type)
              .collect(Collectors.toUnmodifiableSet());
      if (exact.size() == 1) {
        return exact.iterator().next();
      }
      throw new CacheException(
          "there must be at most one bean of type " + type.getName() + ": " + found,
          severalOfTheType);
    }
  }

  private static Object construct(Class<?> type) {
    try {
      return constructorOf(type).newInstance();
    } catch (InvocationTargetException failure) {
      throw new CacheException(
          "the constructor of " + type.getName() + " failed", failure.getCause());
    } catch (ReflectiveOperationException failure) {
      throw new CacheException(type.getName() + " cannot be made", failure);
    }
  }

  private static Constructor<?> constructorOf(Class<?> type) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      if (Modifier.isAbstract(type.getModifiers()) || !constructor.trySetAccessible()) {
        throw new NoSuchMethodException(type.getName());
      }
      return constructor;
    } catch (NoSuchMethodException absent) {
      throw new CacheException(
          type.getName() + " must be a bean, or a class with a constructor without parameters",
          absent);
    }
  }
}
