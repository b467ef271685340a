package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, with which exception, and that nothing has changed then. */
final class BadInputTest {
  @RegisterExtension final Caches caches = new Caches();

  // ---- the methods of the API

  /** These may be called when all is closed. */
  private static final Set<String> ALWAYS_ALLOWED =
      Set.of(
          "close",
          "isClosed",
          "getName",
          "getCacheManager",
          "getConfiguration",
          "unwrap",
          "getCachingProvider",
          "getURI",
          "getClassLoader",
          "getProperties");

  private static Stream<Arguments> methodsOf(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .map(method -> Arguments.of(nameOf(method), method));
  }

  private static String nameOf(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
  }

  private static Stream<Arguments> cacheMethods() {
    return methodsOf(Cache.class);
  }

  private static Stream<Arguments> managerMethods() {
    return methodsOf(CacheManager.class);
  }

  private static boolean isRefusedWhenClosed(Arguments arguments) {
    return !ALWAYS_ALLOWED.contains(((Method) arguments.get()[1]).getName());
  }

  private static Stream<Arguments> cacheOperations() {
    return cacheMethods().filter(BadInputTest::isRefusedWhenClosed);
  }

  private static Stream<Arguments> managerOperations() {
    return managerMethods().filter(BadInputTest::isRefusedWhenClosed);
  }

  /** Good arguments of a method, by their types. */
  private static List<@Nullable Object> goodArguments(Method method) {
    Map<Type, Object> byType =
        Map.of(
            String.class,
            "name",
            boolean.class,
            true,
            Class.class,
            Integer.class,
            Map.class,
            Map.of(1, "a"),
            Set.class,
            Set.of(1),
            Object[].class,
            new Object[0],
            Configuration.class,
            new MutableConfiguration<Integer, String>(),
            CacheEntryListenerConfiguration.class,
            listener(),
            CompletionListener.class,
            new Ignoring(),
            EntryProcessor.class,
            (EntryProcessor<Integer, String, Object>) (e, a) -> null);
    List<@Nullable Object> arguments = new ArrayList<>();
    for (int i = 0; i < method.getParameterCount(); i++) {
      Object argument =
          switch (method.getGenericParameterTypes()[i].getTypeName()) {
            case "K" -> Integer.valueOf(1);
            case "V" -> "a";
            default -> byType.get(method.getParameterTypes()[i]);
          };
      assertThat(argument).as("an argument for %s", method).isNotNull();
      arguments.add(argument);
    }
    return arguments;
  }

  private static CacheEntryListenerConfiguration<Integer, String> listener() {
    return Caches.synchronous(new RecordingListener<Integer, String>());
  }

  private static final class Ignoring implements CompletionListener {
    @Override
    public void onCompletion() {}

    @Override
    public void onException(Exception e) {}
  }

  private static @Nullable Throwable failureOf(
      Method method, Object target, List<@Nullable Object> arguments) {
    try {
      method.invoke(target, arguments.toArray());
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  // ---- null

  private static boolean mayBeNull(Method method, int parameter) {
    Class<?> type = method.getParameterTypes()[parameter];
    return type.isPrimitive() || type == CompletionListener.class || type == Object[].class;
  }

  private void assertNullsRefused(Method method, Object target) {
    for (int i = 0; i < method.getParameterCount(); i++) {
      if (!mayBeNull(method, i)) {
        List<@Nullable Object> arguments = goodArguments(method);
        arguments.set(i, null);
        assertThat(failureOf(method, target, arguments))
            .as("null as argument %d of %s", i, nameOf(method))
            .isInstanceOf(NullPointerException.class);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cacheMethods")
  void cache_anyArgumentNull_isRefused(String name, Method method) {
    TheineCache<Integer, String> cache = caches.create(caches.configuration());
    cache.put(1, "a");

    assertNullsRefused(method, cache);

    assertThat(cache.get(1)).isEqualTo("a");
    assertThat(cache.size()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("managerMethods")
  void manager_anyArgumentNull_isRefused(String name, Method method) {
    caches.create("name", caches.configuration());

    assertNullsRefused(method, caches.manager());

    assertThat(caches.manager().getCacheNames()).containsExactly("name");
  }

  private static <T> Set<T> setOf(T first, @Nullable T second) {
    return new LinkedHashSet<>(Arrays.asList(first, second));
  }

  private static <K, V> Map<K, V> mapOf(K firstKey, V firstValue, K key, V value) {
    Map<K, V> map = new LinkedHashMap<>();
    map.put(firstKey, firstValue);
    map.put(key, value);
    return map;
  }

  @Test
  void bulkOperations_oneNullInside_doNothing() {
    BackingStore<Integer, String> behind = new BackingStore<>();
    TheineCache<Integer, String> cache = caches.create(behind.behind(caches.configuration()));
    cache.put(1, "a");
    behind.calls.clear();
    Map<String, Runnable> calls =
        Map.of(
            "getAll", () -> cache.getAll(setOf(1, null)),
            "removeAll", () -> cache.removeAll(setOf(1, null)),
            "loadAll", () -> cache.loadAll(setOf(1, null), true, null),
            "putAll key", () -> cache.putAll(mapOf(1, "b", null, "b")),
            "putAll value", () -> cache.putAll(mapOf(1, "b", 2, null)),
            "invokeAll", () -> cache.invokeAll(setOf(1, null), (entry, arguments) -> 1));

    calls.forEach(
        (name, call) ->
            assertThatThrownBy(call::run).as(name).isInstanceOf(NullPointerException.class));

    assertThat(behind.calls).isEmpty();
    assertThat(cache.get(1)).isEqualTo("a");
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void setValue_null_isRefused() {
    TheineCache<Integer, String> cache = caches.create(caches.configuration());
    cache.put(1, "a");

    assertThatThrownBy(
            () ->
                cache.invoke(
                    1,
                    (entry, arguments) -> {
                      entry.setValue(null);
                      return null;
                    }))
        .isInstanceOf(EntryProcessorException.class)
        .hasCauseInstanceOf(NullPointerException.class);
    assertThat(cache.get(1)).isEqualTo("a");
  }

  @Test
  void nullKey_refused_namesTheCache() {
    TheineCache<Integer, String> cache = caches.create("the-name", caches.configuration());

    assertThatThrownBy(() -> cache.get(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("cache 'the-name': a key must not be null");
    assertThatThrownBy(() -> cache.put(1, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("cache 'the-name': a value must not be null");
  }

  // ---- types

  private static Stream<Arguments> typedMethods() {
    return cacheMethods()
        .filter(
            arguments ->
                Arrays.stream(((Method) arguments.get()[1]).getGenericParameterTypes())
                    .anyMatch(BadInputTest::isTyped));
  }

  private static boolean isTyped(Type type) {
    String name = type.getTypeName();
    return name.equals("K")
        || name.equals("V")
        || name.startsWith("java.util.Set<")
        || name.startsWith("java.util.Map<");
  }

  private static List<Object> wrongArguments(Type type) {
    return switch (type.getTypeName()) {
      case "K" -> List.of("wrong", 1L);
      case "V" -> List.of(1, new Object());
      default ->
          type.getTypeName().startsWith("java.util.Set<")
              ? List.of(Set.of("wrong"), setOf((Object) 1, "wrong"))
              : List.of(Map.of("wrong", "b"), mapOf((Object) 1, (Object) "b", (Object) 2, 2));
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("typedMethods")
  void cacheWithTypes_argumentOfAnotherType_isRefused(String name, Method method) {
    BackingStore<Integer, String> behind = new BackingStore<>();
    TheineCache<Integer, String> cache =
        caches.create(
            "the-name",
            behind.behind(
                caches.<Integer, String>configuration().setTypes(Integer.class, String.class)));
    cache.put(1, "a");
    behind.calls.clear();
    for (int i = 0; i < method.getParameterCount(); i++) {
      Type type = method.getGenericParameterTypes()[i];
      for (Object wrong : isTyped(type) ? wrongArguments(type) : List.of()) {
        List<@Nullable Object> arguments = goodArguments(method);
        arguments.set(i, wrong);
        assertThat(failureOf(method, cache, arguments))
            .as("%s as argument %d", wrong, i)
            .isInstanceOf(ClassCastException.class)
            .hasMessageContaining("'the-name'")
            .hasMessageContaining("must be a java.lang.")
            .hasMessageNotContaining("wrong");
      }
    }
    assertThat(behind.calls).isEmpty();
    assertThat(cache.get(1)).isEqualTo("a");
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void cacheWithTypes_plugInGivesAnotherType_isRefused() {
    BackingStore behind = new BackingStore<>();
    TheineCache<Integer, String> cache =
        caches.create(
            behind.behind(
                caches.configuration().setTypes((Class) Integer.class, (Class) String.class)));
    behind.map.put(1, 1L);

    assertThatThrownBy(() -> cache.get(1)).isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> cache.getAll(Set.of(1))).isInstanceOf(ClassCastException.class);
    assertThatThrownBy(
            () ->
                cache.invoke(
                    1,
                    (entry, arguments) -> {
                      ((MutableEntry) entry).setValue(1L);
                      return null;
                    }))
        .isInstanceOf(EntryProcessorException.class)
        .hasCauseInstanceOf(ClassCastException.class);
    assertThat(cache.size()).isZero();
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void cacheWithoutTypes_anyType_isTaken() {
    Cache cache = caches.create(caches.configuration());
    cache.put(1, "a");
    cache.put("b", 2L);

    assertThat(cache.get(1)).isEqualTo("a");
    assertThat(cache.get("b")).isEqualTo(2L);
  }

  // ---- closed

  @ParameterizedTest(name = "{0}")
  @MethodSource("cacheOperations")
  void cacheClosed_anyOperation_isRefusedByName(String name, Method method) {
    TheineCache<Integer, String> cache = caches.create("the-name", caches.configuration());
    cache.close();

    assertThat(failureOf(method, cache, goodArguments(method)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cache 'the-name' is closed");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("managerOperations")
  void managerClosed_anyOperation_isRefusedByName(String name, Method method) {
    TheineCacheManager manager = caches.manager();
    manager.close();

    assertThat(failureOf(method, manager, goodArguments(method)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cache manager " + manager.getURI() + " is closed");
  }

  @Test
  void closed_looksThatNeedNoEntries_areAllowed() {
    TheineCacheManager manager = caches.manager();
    TheineCache<Integer, String> cache = caches.create("the-name", caches.configuration());
    manager.close();

    assertThat(cache.getName()).isEqualTo("the-name");
    assertThat(cache.isClosed()).isTrue();
    assertThat(cache.getCacheManager()).isSameAs(manager);
    assertThat(cache.toString()).contains("the-name", "closed");
    assertThat(manager.isClosed()).isTrue();
    assertThat(manager.getURI()).isNotNull();
    assertThat(manager.toString()).contains("closed");
  }

  @Test
  void cacheClosed_ownOperations_areRefused() {
    TheineCache<Integer, String> cache =
        caches.create(caches.<Integer, String>configuration().setMaximumSize(10));
    cache.close();

    assertThatThrownBy(cache::expireNow).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> cache.setMaximum(5)).isInstanceOf(IllegalStateException.class);
  }
}
