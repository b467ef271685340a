package org.theine.jcache;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListener;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.config.ListenerSettings;
import org.theine.jcache.config.Setting;
import org.theine.jcache.config.Value;

/**
 * Finds the classes that a configuration names: by the class loader of the manager, and as a last
 * resort by that of the thread. Nothing but what is named is loaded, and nothing is initialised
 * before an instance is wanted. Immutable.
 */
final class UserClasses {
  private static final Map<String, Class<?>> PRIMITIVES =
      Stream.of(
              boolean.class,
              byte.class,
              char.class,
              short.class,
              int.class,
              long.class,
              float.class,
              double.class)
          .collect(Collectors.toMap(Class::getName, type -> type));

  private final ClassLoader classLoader;

  UserClasses(ClassLoader classLoader) {
    this.classLoader = classLoader;
  }

  ClassLoader classLoader() {
    return classLoader;
  }

  /** Looks at the classes that a value names, if it does: null, or what is wrong with them. */
  @Nullable CacheException check(Value value) {
    try {
      switch (value.setting().kind()) {
        case CLASS -> factory(value, productOf(value.setting()));
        case TYPE -> type(value);
        case TYPES -> types(value);
        case LISTENERS -> listeners(value).forEach(listener -> checkListener(value, listener));
        default -> {} // names none
      }
      return null;
    } catch (CacheException e) {
      return e;
    }
  }

  private static Class<?> productOf(Setting setting) {
    return switch (setting) {
      case WEIGHER -> Weigher.class;
      case EXPIRY_POLICY -> ExpiryPolicy.class;
      case COPIER -> Copier.class;
      case SERIALIZER -> Serializer.class;
      case LOADER -> CacheLoader.class;
      case WRITER -> CacheWriter.class;
      case EXECUTOR -> Executor.class;
      default -> throw new IllegalArgumentException("names no class: " + setting);
    };
  }

  private void checkListener(Value value, ListenerSettings listener) {
    factory(value, listener.listener(), CacheEntryListener.class);
    String filter = listener.filter();
    if (filter != null) {
      factory(value, filter, CacheEntryEventFilter.class);
    }
  }

  <T> Factory<T> factory(Value value, Class<T> product) {
    return factory(value, value.as(String.class), product);
  }

  <T> Factory<T> factory(Value value, String name, Class<T> product) {
    Class<?> type = load(value, name);
    if (!product.isAssignableFrom(type) && !Factory.class.isAssignableFrom(type)) {
      throw value.refused(
          "must name a " + product.getName() + " or a Factory of it, which " + name + " is not",
          null);
    }
    if (Modifier.isAbstract(type.getModifiers()) || !hasPlainConstructor(value, type)) {
      throw value.refused(
          "must name a class with a constructor without arguments, which " + name + " is not",
          null);
    }
    return new ClassFactory<>(type, product, value.where());
  }

  private static boolean hasPlainConstructor(Value value, Class<?> type) {
    try {
      for (var constructor : type.getDeclaredConstructors()) {
        if (constructor.getParameterCount() == 0) {
          return true;
        }
      }
      return false;
    } catch (LinkageError e) { // of a class that a constructor names
      throw value.refused("names class " + type.getName() + ", which cannot be loaded", e);
    }
  }

  /** Arrays have {@code []} behind the name, as in code. */
  Class<?> type(Value value) {
    String name = value.as(String.class);
    int brackets = name.indexOf("[]");
    if (brackets < 0) {
      return load(value, name);
    }
    Class<?> primitive = PRIMITIVES.get(name.substring(0, brackets));
    Class<?> type = primitive != null ? primitive : load(value, name.substring(0, brackets));
    for (int i = brackets; i < name.length(); i += 2) {
      type = type.arrayType();
    }
    return type;
  }

  List<Class<?>> types(Value value) {
    List<?> names = value.as(List.class);
    return names.stream().<Class<?>>map(name -> load(value, (String) name)).toList();
  }

  static List<ListenerSettings> listeners(Value value) {
    List<?> listeners = value.as(List.class);
    return listeners.stream().map(ListenerSettings.class::cast).toList();
  }

  private Class<?> load(Value value, String name) {
    try {
      return Class.forName(name, false, classLoader);
    } catch (ClassNotFoundException e) {
      return loadByThread(value, name, e);
    } catch (LinkageError e) {
      throw value.refused("names class " + name + ", which cannot be loaded", e);
    }
  }

  private Class<?> loadByThread(Value value, String name, ClassNotFoundException e) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null) {
      try {
        return Class.forName(name, false, context);
      } catch (ClassNotFoundException | LinkageError again) {
        e.addSuppressed(again);
      }
    }
    throw value.refused("names class " + name + ", which is not found", e);
  }
}
