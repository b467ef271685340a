package org.theine.jcache.integration;

import java.io.Externalizable;
import java.io.InvalidClassException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.ref.WeakReference;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The classes that a cache has serialised, by number, and the classes as which they are read back.
 * Safe for use by any thread.
 */
final class SerializedClasses {
  /*
   * Classes are held weakly, for an application that has gone must be able to go with its class loader,
   * though a cache still has bytes of its objects. The number of a class stands with the class itself.
   *
   * The bytes of an object are cut up as its class was when it was written. If that class has gone, one
   * that is found by its name may take its place if it has the same shape: version, kind and fields.
   */

  /** The classes that cannot be found by name. */
  private static final Map<String, Class<?>> PRIMITIVES =
      Map.of(
          "boolean", boolean.class,
          "byte", byte.class,
          "char", char.class,
          "short", short.class,
          "int", int.class,
          "long", long.class,
          "float", float.class,
          "double", double.class,
          "void", void.class);

  /** A class that was written. */
  static final class Known {
    private final String name;
    private final String shape;
    private final WeakReference<Class<?>> type;

    /** What the manager's loader finds by the name, once it was looked for there and found. */
    private volatile @Nullable WeakReference<Class<?>> found;

    private Known(Class<?> type) {
      this.name = type.getName();
      this.shape = shapeOf(type);
      this.type = new WeakReference<>(type);
    }
  }

  /** The number of {@link PackedValue}, which the loader of a manager need not know. */
  private static final int PACKED_NUMBER = -1;

  private static final Known PACKED = new Known(PackedValue.class);

  static {
    PACKED.found = new WeakReference<>(PackedValue.class);
  }

  private final @Nullable ClassLoader classLoader;

  /** By number; replaced as a whole. */
  private final AtomicReference<List<Known>> known = new AtomicReference<>(List.of());

  /** Interfaces of the proxies that were written. */
  private final Set<String> interfaces = ConcurrentHashMap.newKeySet();

  private final ClassValue<Integer> numbers =
      new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
          return add(type);
        }
      };

  SerializedClasses(@Nullable ClassLoader classLoader) {
    this.classLoader = classLoader;
  }

  private int add(Class<?> type) {
    for (; ; ) {
      List<Known> held = known.get();
      List<Known> longer = new ArrayList<>(held);
      longer.add(new Known(type));
      if (known.compareAndSet(held, longer)) {
        return held.size();
      }
    }
  }

  /** The number of a class that is written. */
  int number(Class<?> type) {
    return type == PackedValue.class ? PACKED_NUMBER : numbers.get(type);
  }

  /** What was written under a number. */
  Known known(int number) throws InvalidClassException {
    if (number == PACKED_NUMBER) {
      return PACKED;
    }
    List<Known> held = known.get();
    if (number < 0 || number >= held.size()) {
      throw new InvalidClassException("this cache has never serialised class number " + number);
    }
    return held.get(number);
  }

  /** The class that was written, or if it has gone the one that is read in its place. */
  Class<?> written(Known asked) throws InvalidClassException, ClassNotFoundException {
    Class<?> type = asked.type.get();
    return type == null ? inPlaceOf(asked, readAs(asked)) : type;
  }

  private static Class<?> inPlaceOf(Known gone, Class<?> found) throws InvalidClassException {
    if (!gone.shape.equals(shapeOf(found))) {
      throw new InvalidClassException(
          gone.name, "the class that was serialised has gone, and the one there is now differs");
    }
    return found;
  }

  private static String shapeOf(Class<?> type) {
    ObjectStreamClass descriptor = ObjectStreamClass.lookupAny(type);
    return descriptor.getSerialVersionUID()
        + (type.isEnum() ? " enum" : type.isRecord() ? " record" : "")
        + (Externalizable.class.isAssignableFrom(type) ? " external" : "")
        + (writesItself(type) ? " writeObject " : " ")
        + Arrays.toString(descriptor.getFields());
  }

  private static boolean writesItself(Class<?> type) {
    try {
      type.getDeclaredMethod("writeObject", ObjectOutputStream.class);
      return true;
    } catch (NoSuchMethodException | LinkageError e) {
      return false;
    }
  }

  /**
   * The class as which one that was written is read: the one of its name that the loader of the
   * cache's manager knows, else that of the thread's context class loader.
   */
  Class<?> readAs(Known asked) throws ClassNotFoundException {
    WeakReference<Class<?>> reference = asked.found;
    Class<?> found = reference == null ? null : reference.get();
    if (found != null) {
      return found;
    }
    Class<?> primitive = PRIMITIVES.get(asked.name);
    if (primitive != null) {
      return primitive;
    }
    try {
      found = Class.forName(asked.name, false, classLoader);
      asked.found = new WeakReference<>(found);
      return found;
    } catch (ClassNotFoundException e) {
      return Class.forName(asked.name, false, contextClassLoader());
    }
  }

  /** Remembers the interfaces of a proxy that is written. */
  void addProxy(Class<?> type) {
    for (Class<?> implemented : type.getInterfaces()) {
      interfaces.add(implemented.getName());
    }
  }

  /** The class of the proxies with these interfaces, each of which must have been written. */
  Class<?> proxy(String[] names) throws InvalidClassException, ClassNotFoundException {
    for (String name : names) {
      if (!interfaces.contains(name)) {
        throw new InvalidClassException(name, "this cache has never serialised the class");
      }
    }
    try {
      return proxy(names, classLoader);
    } catch (ClassNotFoundException e) {
      return proxy(names, contextClassLoader());
    }
  }

  /** The same, where the loader knows all of them. */
  private static Class<?> proxy(String[] names, @Nullable ClassLoader loader)
      throws ClassNotFoundException {
    Class<?>[] interfaces = new Class<?>[names.length];
    ClassLoader definer = loader;
    for (int i = 0; i < names.length; i++) {
      interfaces[i] = Class.forName(names[i], false, loader);
      if (!Modifier.isPublic(interfaces[i].getModifiers())) {
        // a proxy must stand in the package of an interface that is not public
        definer = interfaces[i].getClassLoader();
      }
    }
    try {
      return Proxy.newProxyInstance(definer, interfaces, (proxy, method, arguments) -> null)
          .getClass();
    } catch (IllegalArgumentException e) {
      throw new ClassNotFoundException("the proxy's interfaces are not of one class loader", e);
    }
  }

  private static @Nullable ClassLoader contextClassLoader() {
    return Thread.currentThread().getContextClassLoader();
  }
}
