package org.theine.jcache;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * How large a cache is, counted and not weighed: the objects of this project that can be reached
 * from it, and their arrays. For use at rest; what only the JDK's own objects refer to is left out.
 */
final class Footprint {
  /** What an object is taken to need, whatever it is. */
  static final long BYTES_AN_OBJECT = 40;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> left = new ArrayDeque<>();
  private long bytes;

  private Footprint() {}

  /** The bytes that can be reached, about; not those of the manager and other caches. */
  static long of(TheineCache<?, ?> cache) {
    Footprint footprint = new Footprint();
    footprint.seen.add(cache.getCacheManager());
    footprint.reach(cache);
    while (!footprint.left.isEmpty()) {
      footprint.visit(footprint.left.remove());
    }
    return footprint.bytes;
  }

  private void reach(Object object) {
    if (object == null || object instanceof Class<?> || object instanceof Enum<?>) {
      return;
    }
    Class<?> type = object.getClass();
    boolean own = type.getName().startsWith("org.theine.jcache.") && !type.isHidden();
    if ((own || type.isArray()) && seen.add(object)) {
      left.add(object);
    }
  }

  private void visit(Object object) {
    if (object.getClass().isArray()) {
      bytes += (long) Array.getLength(object) * width(object.getClass().getComponentType());
      if (object instanceof Object[] cells) {
        for (Object cell : cells) {
          reach(cell);
        }
      }
      return;
    }
    bytes += BYTES_AN_OBJECT;
    for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
      if (type.getName().startsWith("org.theine.jcache.")) {
        for (Field field : type.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
            reach(valueOf(field, object));
          }
        }
      }
    }
  }

  private static int width(Class<?> element) {
    if (element == long.class) {
      return Long.BYTES;
    }
    return element == byte.class ? Byte.BYTES : Integer.BYTES; // references are compressed
  }

  private static Object valueOf(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
