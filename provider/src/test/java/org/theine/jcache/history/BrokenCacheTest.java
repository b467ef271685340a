package org.theine.jcache.history;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is not atomic is found: histories on caches that have one operation made of two. */
class BrokenCacheTest {
  /** Enough on a machine that does many other things at once. */
  private static final HistoryRun.Goal WITHIN = HistoryRun.Goal.of(500_000);

  /** Called with the cache and the arguments in the place of an operation. */
  private interface Replacement extends BiFunction<Cache<Key, Stamp>, Object[], @Nullable Object> {}

  @Test
  void getAndRemove_madeOfGetAndRemove_found() {
    requireFound(
        "getAndRemove",
        (cache, arguments) -> {
          Key key = (Key) arguments[0];
          Stamp value = cache.get(key);
          return value != null && cache.remove(key) ? value : null;
        });
  }

  @Test
  void putIfAbsent_madeOfLookAndPut_found() {
    requireFound(
        "putIfAbsent",
        (cache, arguments) -> {
          boolean absent = !cache.containsKey((Key) arguments[0]);
          if (absent) {
            cache.put((Key) arguments[0], (Stamp) arguments[1]);
          }
          return absent;
        });
  }

  @Test
  void getAndPut_madeOfGetAndPut_found() {
    requireFound(
        "getAndPut",
        (cache, arguments) -> {
          Stamp before = cache.get((Key) arguments[0]);
          cache.put((Key) arguments[0], (Stamp) arguments[1]);
          return before;
        });
  }

  @Test
  void replace_madeOfLookAndPut_found() {
    requireFound(
        "replace",
        (cache, arguments) -> {
          boolean present = cache.containsKey((Key) arguments[0]);
          if (present) {
            cache.put((Key) arguments[0], (Stamp) arguments[arguments.length - 1]);
          }
          return present;
        });
  }

  /** Every answer is right, but for how long entries live. */
  @Test
  void put_thatTouches_found() {
    requireFound(
        Settings.accessed(),
        "put",
        (cache, arguments) -> {
          cache.put((Key) arguments[0], (Stamp) arguments[1]);
          cache.get((Key) arguments[0]);
          return null;
        });
  }

  private static void requireFound(String operation, Replacement replacement) {
    requireFound(Settings.plain(2), operation, replacement);
  }

  private static void requireFound(Setting setting, String operation, Replacement replacement) {
    assertThatThrownBy(
            () ->
                HistoryRun.run(setting, System.nanoTime(), WITHIN, broken(operation, replacement)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no order explains keys");
  }

  @SuppressWarnings("unchecked")
  private static UnaryOperator<Cache<Key, Stamp>> broken(
      String operation, Replacement replacement) {
    return cache ->
        (Cache<Key, Stamp>)
            Proxy.newProxyInstance(
                BrokenCacheTest.class.getClassLoader(),
                new Class<?>[] {Cache.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals(operation)) {
                    return replacement.apply(cache, arguments);
                  }
                  try {
                    return method.invoke(cache, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }
}
