package org.theine.jcache.bench.footprint;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jol.vm.VM;
import org.theine.jcache.TheineCache;
import org.theine.jcache.bench.jmh.Mapping;

/**
 * Which of our objects takes how many bytes per entry. Walks from a cache through the objects of
 * our classes and all arrays, not through those of Java, of which there are few; and adds up how
 * long they are, by class or, for arrays, by the field that leads there. Not thread-safe.
 */
final class Breakdown {
  static {
    System.setProperty("jol.skipDynamicAttach", "true"); // it computes what an agent would tell
    System.setProperty("jol.magicFieldOffset", "true"); // and that of records, too
  }

  /** The name of what is small. */
  static final String REST = "the rest";

  /** The name of the sum of all. */
  static final String SUM = "sum";

  private static final String OURS = TheineCache.class.getPackageName();

  /** What is less than this per entry is not told apart. */
  private static final double SMALL = 0.05;

  private final Map<Class<?>, List<Field>> fields = new ConcurrentHashMap<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Step> steps = new ArrayDeque<>();
  private final Map<String, Long> bytes = new HashMap<>();

  /** An object that was found, and what it is counted as if it is an array. */
  private record Step(Object object, String name) {}

  private Breakdown() {}

  static Map<String, Double> measure(Task task) {
    Mapping mapping =
        new Filled(task.count()).fill(task.contestant().open(task.setting(), task.count()));
    return of(mapping, task.count());
  }

  /** Bytes per entry by name, the largest first, then what is small, then the sum. */
  static Map<String, Double> of(Object root, int entries) {
    Breakdown breakdown = new Breakdown();
    breakdown.walk(root);
    Map<String, Double> figures = new LinkedHashMap<>();
    double small = 0;
    long sum = 0;
    List<Map.Entry<String, Long>> sorted =
        breakdown.bytes.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .toList();
    for (Map.Entry<String, Long> each : sorted) {
      sum += each.getValue();
      double perEntry = each.getValue() / (double) entries;
      if (perEntry < SMALL) {
        small += perEntry;
      } else {
        figures.put(each.getKey(), perEntry);
      }
    }
    figures.put(REST, small);
    figures.put(SUM, sum / (double) entries);
    return figures;
  }

  private void walk(Object root) {
    reach(root, "");
    for (Step step = steps.poll(); step != null; step = steps.poll()) {
      Object object = step.object();
      boolean array = object.getClass().isArray();
      bytes.merge(
          array ? step.name() : name(object.getClass()), VM.current().sizeOf(object), Long::sum);
      if (object instanceof Object[] elements) {
        for (Object element : elements) {
          reach(element, step.name() + "[]");
        }
      } else if (!array) {
        fields
            .computeIfAbsent(object.getClass(), Breakdown::fieldsOf)
            .forEach(f -> follow(f, object));
      }
    }
  }

  /** The simple name of a class, without the number that every run gives a lambda anew. */
  static String name(Class<?> type) {
    String name = type.getSimpleName();
    int lambda = name.indexOf("$$");
    return lambda < 0 ? name : name.substring(0, lambda) + " (lambda)";
  }

  private void follow(Field field, Object object) {
    try {
      reach(field.get(object), field.getDeclaringClass().getSimpleName() + "." + field.getName());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private void reach(@Nullable Object object, String name) {
    if (object != null
        && (object.getClass().isArray() || object.getClass().getName().startsWith(OURS))
        && seen.add(object)) {
      steps.add(new Step(object, name));
    }
  }

  private static List<Field> fieldsOf(Class<?> type) {
    List<Field> found = new ArrayList<>();
    for (Class<?> at = type; at != null && at.getName().startsWith(OURS); at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          field.setAccessible(true);
          found.add(field);
        }
      }
    }
    return found;
  }
}
