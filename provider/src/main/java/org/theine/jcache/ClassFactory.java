package org.theine.jcache;

import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/**
 * Makes instances of a class that the configuration names, or asks one of it for them if it is a
 * {@link Factory} itself. Equal to another with the same classes.
 *
 * @param <T> what it makes
 * @param type the class that was named, which has a constructor without arguments
 * @param product what the instances must be
 * @param where it was named, for messages; of no account for equality
 */
record ClassFactory<T>(Class<?> type, Class<T> product, String where)
    implements Factory<T>, Serializable {

  @Override
  public T create() {
    Object instance = instance();
    Object made =
        instance instanceof Factory<?> factory && !product.isInstance(instance)
            ? factory.create()
            : instance;
    if (!product.isInstance(made)) {
      throw new CacheException(
          where
              + ": "
              + type.getName()
              + " must make a "
              + product.getName()
              + ", not "
              + nameOf(made));
    }
    return product.cast(made);
  }

  /**
   * Written out: the JDK 17 keeps a record's class for which it made this method, and so our class
   * loader.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ClassFactory<?> that
        && type.equals(that.type)
        && product.equals(that.product);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + product.hashCode();
  }

  private static String nameOf(@Nullable Object object) {
    return object == null ? "null" : "a " + object.getClass().getName();
  }

  private Object instance() {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.trySetAccessible();
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new CacheException(
          where + ": the constructor of " + type.getName() + " failed", e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new CacheException(where + ": no instance of " + type.getName() + " can be made", e);
    }
  }
}
