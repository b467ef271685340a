package org.theine.jcache.integration;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Java serialisation for objects that stay in memory. Safe for use by any thread.
 *
 * <p>It reads back only classes that it has itself written, and finds them by the class loader of
 * the cache's manager; a class that is not known there is looked for by the thread's context class
 * loader.
 */
final class JavaSerialization implements Serialization {
  /*
   * While an object is written, the names of the classes in its stream are remembered; while one is
   * read, a name that was never written is refused before the class is even loaded. So bytes that
   * came from elsewhere cannot call up classes that the user never stored. There are no limits of
   * size, since whatever is read was an object of this machine.
   *
   * The check is made where the stream resolves a class, not in an ObjectInputFilter: a filter also
   * sees what readResolve returned and the arrays that collections allocate, which no stream names,
   * and would have to guess. The filter that the machine's administrator set (jdk.serialFilter) is
   * installed by the JDK in each stream and is asked as well.
   *
   * There are at most as many names as serialisable classes were loaded.
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

  private final @Nullable ClassLoader classLoader;
  private final Set<String> written = ConcurrentHashMap.newKeySet();

  JavaSerialization(@Nullable ClassLoader classLoader) {
    this.classLoader = classLoader;
  }

  @Override
  public byte[] serialize(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (ObjectOutputStream out = new RecordingOutput(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  @Override
  public Object deserialize(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new CheckedInput(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }

  /** Remembers the classes that it writes. */
  private final class RecordingOutput extends ObjectOutputStream {

    RecordingOutput(OutputStream out) throws IOException {
      super(out);
    }

    @Override
    protected void annotateClass(Class<?> type) {
      written.add(type.getName());
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
      for (Class<?> implemented : type.getInterfaces()) {
        written.add(implemented.getName());
      }
    }
  }

  /** Refuses classes that were never written. */
  private final class CheckedInput extends ObjectInputStream {

    CheckedInput(InputStream in) throws IOException {
      super(in);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      String name = type.getName();
      requireWritten(name);
      Class<?> primitive = PRIMITIVES.get(name);
      if (primitive != null) {
        return primitive;
      }
      try {
        return Class.forName(name, false, classLoader);
      } catch (ClassNotFoundException e) {
        return Class.forName(name, false, contextClassLoader());
      }
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces)
        throws IOException, ClassNotFoundException {
      for (String name : interfaces) {
        requireWritten(name);
      }
      try {
        return proxyClass(interfaces, classLoader);
      } catch (ClassNotFoundException e) {
        return proxyClass(interfaces, contextClassLoader());
      }
    }

    private void requireWritten(String name) throws InvalidClassException {
      if (!written.contains(name)) {
        throw new InvalidClassException(name, "this cache has never serialised the class");
      }
    }

    /** The class of the proxies with these interfaces, where the loader knows all of them. */
    private static Class<?> proxyClass(String[] names, @Nullable ClassLoader loader)
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
}
