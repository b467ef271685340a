package org.theine.jcache;

import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;

/**
 * Makes instances of a class that the configuration names, or asks one of it for them if it is a
 * {@link Factory} itself. Equal to another with the same classes.
 *
 * @param <T> what it makes
 * @param type the class that was named, which has a constructor without arguments
 * @param product what the instances must be
 */
record ClassFactory<T>(Class<?> type, Class<T> product) implements Factory<T>, Serializable {

  @Override
  public T create() {
    Object instance = instance();
    Object made =
        instance instanceof Factory<?> factory && !product.isInstance(instance)
            ? factory.create()
            : instance;
    if (!product.isInstance(made)) {
      throw new CacheException(
          type.getName() + " must make a " + product.getName() + ", not " + nameOf(made));
    }
    return product.cast(made);
  }

  private static String nameOf(Object object) {
    return object == null ? "null" : "a " + object.getClass().getName();
  }

  private Object instance() {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.trySetAccessible();
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new CacheException("the constructor of " + type.getName() + " failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new CacheException("no instance of " + type.getName() + " can be made", e);
    }
  }
}
