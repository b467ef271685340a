package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, with which exception, and that nothing has changed then. */
final class BadInputTest {
  @RegisterExtension final Caches caches = new Caches();

  // ---------------------------------------------------------------------- the methods of the API

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

  // -------------------------------------------------------------------------------------------
  // null

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

  // ------------------------------------------------------------------------------------------
  // types

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

  // -----------------------------------------------------------------------------------------
  // closed

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

  // ----------------------------------------------------------------------------------------
  // maximum

  @ParameterizedTest
  @ValueSource(longs = {0, -1, -3, Long.MIN_VALUE})
  void maximum_notPositive_isRefusedWithValueAndRule(long maximum) {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    TheineCache<Integer, String> bounded =
        caches.create(caches.<Integer, String>configuration().setMaximumSize(10));

    assertThatThrownBy(() -> configuration.setMaximumSize(maximum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maximumSize must be positive: " + maximum);
    assertThatThrownBy(() -> configuration.setMaximumWeight(maximum, () -> (k, v) -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maximumWeight must be positive: " + maximum);
    assertThatThrownBy(() -> bounded.setMaximum(maximum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive")
        .hasMessageContaining(Long.toString(maximum));
    assertThat(bounded.maximum()).isEqualTo(10);
  }

  @Test
  void setMaximum_withoutABound_isRefused() {
    TheineCache<Integer, String> unbounded = caches.create("free", caches.configuration());
    TheineCache<Integer, String> bounded =
        caches.create(caches.<Integer, String>configuration().setMaximumSize(10));

    assertThatThrownBy(() -> unbounded.setMaximum(5))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'free'");
    assertThatThrownBy(() -> bounded.setMaximum(Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Long.toString(Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12X", "", "G", "-1M", "0", "1 2M", "0x10", "1e3", "9E", "NaN"})
  void maximumBytes_noSize_isRefusedWithTheText(String size) {
    assertThatThrownBy(
            () ->
                new TheineConfiguration<Integer, String>()
                    .setMaximumBytes(size, () -> (key, value) -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("maximumBytes must be")
        .hasMessageEndingWith(": " + size);
  }

  // -------------------------------------------------------------------------------------
  // properties

  private final List<String> systemProperties = new ArrayList<>();

  private void setSystemProperty(String property, String value) {
    systemProperties.add(property);
    System.setProperty(property, value);
  }

  @AfterEach
  void clearSystemProperties() {
    systemProperties.forEach(System::clearProperty);
  }

  private static Stream<Arguments> badProperties() {
    return Stream.of(
            Map.entry("maximum", List.of("0", "-1", "12X", "", "1e3", "9223372036854775808")),
            Map.entry("shards", List.of("0", "-2", "3", "131072", "many", "")),
            Map.entry("eviction-events", List.of("all", "", "REMOVE")))
        .flatMap(entry -> entry.getValue().stream().map(bad -> Arguments.of(entry.getKey(), bad)));
  }

  @ParameterizedTest(name = "{0} = {1}")
  @MethodSource("badProperties")
  void property_bad_isRefusedWithNameRuleAndValue(String setting, String bad) {
    for (String scope : List.of("defaults.", "caches.the-name.")) {
      String property = "theine.jcache." + scope + setting;
      Properties properties = new Properties();
      properties.setProperty(property, bad);
      assertPropertyRefused(properties, property, bad);
      setSystemProperty(property, bad);
      assertPropertyRefused(new Properties(), property, bad);
      System.clearProperty(property);
    }
  }

  private static void assertPropertyRefused(Properties properties, String property, String bad) {
    AtomicInteger open = new AtomicInteger();
    try (TheineCachingProvider provider = new TheineCachingProvider()) {
      CacheManager manager =
          provider.getCacheManager(
              URI.create("bad"), BadInputTest.class.getClassLoader(), properties);
      assertThatThrownBy(
              () ->
                  manager.createCache(
                      "the-name",
                      new MutableConfiguration<Integer, String>()
                          .setExpiryPolicyFactory(() -> new CountedPolicy(open))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("property \\Q" + property + "\\E must be .+: \\Q" + bad + "\\E");
      assertThat(manager.getCacheNames()).isEmpty();
      assertThat(open).as("plug-ins that were made and not closed").hasValue(0);
    }
  }

  /** Knows how many of it are open. */
  private static final class CountedPolicy implements ExpiryPolicy, Closeable {
    private final AtomicInteger open;

    CountedPolicy(AtomicInteger open) {
      this.open = open;
      open.incrementAndGet();
    }

    @Override
    public Duration getExpiryForCreation() {
      return Duration.ETERNAL;
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      return null;
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
      return null;
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }

  @Test
  void property_ofAnotherCache_isNotLookedAt() {
    Properties properties = new Properties();
    properties.setProperty("theine.jcache.caches.other.maximum", "12X");
    properties.setProperty("theine.jcache.caches.other.shards", "3");
    try (TheineCachingProvider provider = new TheineCachingProvider()) {
      CacheManager manager = provider.getCacheManager(URI.create("good"), null, properties);
      TheineCache<?, ?> cache =
          manager
              .createCache("the-name", new MutableConfiguration<Integer, String>())
              .unwrap(TheineCache.class);
      assertThat(cache.maximum()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void property_settingInCode_isNotLookedAt() {
    Properties properties = new Properties();
    properties.setProperty("theine.jcache.defaults.maximum", "12X");
    properties.setProperty("theine.jcache.defaults.shards", "3");
    properties.setProperty("theine.jcache.defaults.eviction-events", "all");
    try (TheineCachingProvider provider = new TheineCachingProvider()) {
      CacheManager manager = provider.getCacheManager(URI.create("good"), null, properties);
      TheineCache<?, ?> cache =
          manager
              .createCache(
                  "the-name",
                  new TheineConfiguration<Integer, String>()
                      .setMaximumSize(5)
                      .setShards(1)
                      .setEvictionEvents(EvictionEvents.NONE))
              .unwrap(TheineCache.class);
      assertThat(cache.maximum()).isEqualTo(5);
    }
  }

  /** Where a setting can come from, strongest first; the code comes before all. */
  private enum Source {
    CACHE_OF_SYSTEM("theine.jcache.caches.a name.x.", true),
    CACHE_OF_MANAGER("theine.jcache.caches.a name.x.", false),
    DEFAULT_OF_SYSTEM("theine.jcache.defaults.", true),
    DEFAULT_OF_MANAGER("theine.jcache.defaults.", false);

    final String prefix;
    final boolean ofSystem;

    Source(String prefix, boolean ofSystem) {
      this.prefix = prefix;
      this.ofSystem = ofSystem;
    }
  }

  /** A cache whose sources from the given one on say each something else. */
  private <T> T withSources(
      int strongest,
      String setting,
      List<String> values,
      TheineConfiguration<Integer, String> configuration,
      Function<TheineCache<Integer, String>, T> look) {
    Properties properties = new Properties();
    for (Source source : Source.values()) {
      if (source.ordinal() < strongest) {
        continue;
      }
      String property = source.prefix + setting;
      if (source.ofSystem) {
        setSystemProperty(property, values.get(source.ordinal()));
      } else {
        properties.setProperty(property, values.get(source.ordinal()));
      }
    }
    try (TheineCachingProvider provider = new TheineCachingProvider()) {
      CacheManager manager = provider.getCacheManager(URI.create("sources"), null, properties);
      @SuppressWarnings("unchecked")
      TheineCache<Integer, String> cache =
          manager.createCache("a name.x", configuration).unwrap(TheineCache.class);
      return look.apply(cache);
    } finally {
      systemProperties.forEach(System::clearProperty);
    }
  }

  @Test
  void maximum_fromSeveralSources_theStrongestCounts() {
    TheineConfiguration<Integer, String> silent = new TheineConfiguration<>();
    TheineConfiguration<Integer, String> inCode =
        new TheineConfiguration<Integer, String>().setMaximumSize(100);

    assertThat(maximumWith(0, inCode)).isEqualTo(100);
    for (int strongest = 0; strongest < 4; strongest++) {
      assertThat(maximumWith(strongest, silent))
          .as("strongest source %s", Source.values()[strongest])
          .isEqualTo(101 + strongest);
    }
    assertThat(maximumWith(4, silent)).isEqualTo(Long.MAX_VALUE);
  }

  private long maximumWith(int strongest, TheineConfiguration<Integer, String> configuration) {
    List<String> values = List.of("101", "102", "103", "104");
    return withSources(strongest, "maximum", values, configuration, TheineCache::maximum);
  }

  @Test
  void evictionEvents_fromSeveralSources_theStrongestCounts() {
    List<String> values = List.of("none", "removed", "evicted-only", "Removed");
    List<Integer> told = List.of(0, 1, 0, 1);
    for (int strongest = 0; strongest < 4; strongest++) {
      int heard = withSources(strongest, "eviction-events", values, tight(), this::evictionsTold);
      assertThat(heard)
          .as("strongest source %s", Source.values()[strongest])
          .isEqualTo(told.get(strongest));
    }
    TheineConfiguration<Integer, String> inCode = tight().setEvictionEvents(EvictionEvents.REMOVED);
    int heard = withSources(0, "eviction-events", values, inCode, this::evictionsTold);
    assertThat(heard).isEqualTo(1);
  }

  private static TheineConfiguration<Integer, String> tight() {
    return new TheineConfiguration<Integer, String>().setMaximumSize(1);
  }

  /** How many evictions a listener for removals hears of when there is one. */
  private int evictionsTold(TheineCache<Integer, String> cache) {
    RecordingListener<Integer, String> listener = new RecordingListener<>();
    cache.registerCacheEntryListener(Caches.synchronous(listener));
    cache.put(1, "a");
    cache.put(2, "b");
    return (int) listener.take().stream().filter(event -> event.startsWith("REMOVED")).count();
  }

  @Test
  void shards_fromProperties_areTaken() {
    TheineConfiguration<Integer, String> silent = new TheineConfiguration<>();
    withSources(
        0,
        "shards",
        List.of("1", "2", "4", "8"),
        silent,
        cache -> {
          cache.put(1, "a");
          cache.audit();
          return cache.size();
        });
    assertThatThrownBy(
            () ->
                withSources(0, "shards", List.of("3", "2", "4", "8"), silent, TheineCache::maximum))
        .hasMessageContaining("theine.jcache.caches.a name.x.shards");
    assertThatThrownBy(
            () ->
                withSources(2, "shards", List.of("1", "2", "3", "8"), silent, TheineCache::maximum))
        .hasMessageContaining("theine.jcache.defaults.shards");
  }

  // ----------------------------------------------------------------------------------------
  // weigher

  private static final int SECRET_KEY = 734_512;
  private static final String SECRET_VALUE = "s3cret";

  private static final class WeigherFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static Stream<Arguments> weighingOperations() {
    return Stream.of(
        weighing("put", cache -> cache.put(SECRET_KEY, SECRET_VALUE)),
        weighing("getAndPut", cache -> cache.getAndPut(SECRET_KEY, SECRET_VALUE)),
        weighing("putIfAbsent", cache -> cache.putIfAbsent(2, SECRET_VALUE)),
        weighing("replace", cache -> cache.replace(SECRET_KEY, SECRET_VALUE)),
        weighing("replace old", cache -> cache.replace(SECRET_KEY, "old", SECRET_VALUE)),
        weighing("getAndReplace", cache -> cache.getAndReplace(SECRET_KEY, SECRET_VALUE)),
        weighing("putAll", cache -> cache.putAll(Map.of(SECRET_KEY, SECRET_VALUE, 2, "b"))),
        weighing(
            "invoke",
            cache ->
                cache.invoke(
                    SECRET_KEY,
                    (entry, arguments) -> {
                      entry.setValue(SECRET_VALUE);
                      return null;
                    })),
        weighing("get", cache -> cache.get(3)),
        weighing("getAll", cache -> cache.getAll(Set.of(3))),
        weighing(
            "invoke that loads", cache -> cache.invoke(3, (entry, arguments) -> entry.getValue())),
        weighing("loadAll", cache -> loadAll(cache, Set.of(3, SECRET_KEY))));
  }

  private static Arguments weighing(String name, Consumer<TheineCache<Integer, String>> operation) {
    return Arguments.of(name, operation);
  }

  /** Loads and throws what the listener is told; needs an executor that runs in the caller. */
  private static void loadAll(Cache<Integer, String> cache, Set<Integer> keys) {
    List<Exception> told = new ArrayList<>();
    cache.loadAll(
        keys,
        true,
        new CompletionListener() {
          @Override
          public void onCompletion() {}

          @Override
          public void onException(Exception e) {
            told.add(e);
          }
        });
    if (!told.isEmpty()) {
      throw (RuntimeException) told.get(0);
    }
  }

  private final BackingStore<Integer, String> behind = new BackingStore<>();

  private TheineCache<Integer, String> weighed(long maximum, Weigher<Integer, String> weigher) {
    return caches.create(
        "the-name",
        behind
            .behind(caches.configuration())
            .setExecutorFactory(() -> Runnable::run)
            .setMaximumWeight(maximum, () -> weigher));
  }

  private void assertWeigherRefused(
      Consumer<TheineCache<Integer, String>> operation,
      Weigher<Integer, String> weigher,
      String rule) {
    boolean[] bad = {false};
    TheineCache<Integer, String> cache =
        weighed(1000, (key, value) -> bad[0] ? weigher.weigh(key, value) : 10);
    cache.put(SECRET_KEY, "old");
    behind.map.put(3, SECRET_VALUE);
    behind.calls.clear();
    bad[0] = true;

    Throwable failure = catchThrowable(() -> operation.accept(cache));

    assertThat(failure)
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("'the-name'")
        .hasMessageContaining(rule)
        .hasMessageNotContaining(SECRET_VALUE)
        .hasMessageNotContaining(Integer.toString(SECRET_KEY));
    bad[0] = false;
    assertThat(cache.containsKey(2)).isFalse();
    assertThat(cache.containsKey(3)).isFalse();
    assertThat(cache.get(SECRET_KEY)).isEqualTo("old");
    assertThat(cache.weight()).isEqualTo(10);
    assertThat(behind.map).isEqualTo(Map.of(SECRET_KEY, "old", 3, SECRET_VALUE));
    assertThat(behind.calls).noneMatch(call -> call.startsWith("write"));
    cache.put(SECRET_KEY, "newer");
    assertThat(cache.get(SECRET_KEY)).isEqualTo("newer");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("weighingOperations")
  void weigher_throws_cacheAndStoreAreUnchanged(
      String name, Consumer<TheineCache<Integer, String>> operation) {
    assertWeigherRefused(
        operation,
        (key, value) -> {
          throw new WeigherFailure();
        },
        "weigher failed");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("weighingOperations")
  void weigher_givesANegativeWeight_cacheAndStoreAreUnchanged(
      String name, Consumer<TheineCache<Integer, String>> operation) {
    assertWeigherRefused(
        operation, (key, value) -> -7, "weigher must not return a negative weight: -7");
  }

  @Test
  void weigher_throwsACheckedExceptionUnseen_isCacheException() {
    TheineCache<Integer, String> cache =
        weighed(
            1000,
            (key, value) -> {
              throw BadInputTest.<RuntimeException>unseen(new IOException("no scales"));
            });

    assertThatThrownBy(() -> cache.put(1, "a"))
        .isInstanceOf(CacheException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThat(behind.map).isEmpty();
    assertThat(cache.size()).isZero();
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E unseen(Throwable failure) throws E {
    throw (E) failure;
  }

  private static Stream<Arguments> heavyOperations() {
    return Stream.of(
        heavy("put", false, cache -> cache.put(2, "heavy")),
        heavy("put update", true, cache -> cache.put(1, "heavy")),
        heavy("getAndPut", false, cache -> assertThat(cache.getAndPut(2, "heavy")).isNull()),
        heavy(
            "getAndPut update",
            true,
            cache -> assertThat(cache.getAndPut(1, "heavy")).isEqualTo("light")),
        heavy("putIfAbsent", false, cache -> assertThat(cache.putIfAbsent(2, "heavy")).isTrue()),
        heavy("replace", true, cache -> assertThat(cache.replace(1, "heavy")).isTrue()),
        heavy(
            "replace old", true, cache -> assertThat(cache.replace(1, "light", "heavy")).isTrue()),
        heavy(
            "getAndReplace",
            true,
            cache -> assertThat(cache.getAndReplace(1, "heavy")).isEqualTo("light")),
        heavy("putAll", false, cache -> cache.putAll(Map.of(2, "heavy"))),
        heavy("putAll update", true, cache -> cache.putAll(Map.of(1, "heavy"))),
        heavy(
            "invoke",
            false,
            cache ->
                cache.invoke(
                    2,
                    (entry, arguments) -> {
                      entry.setValue("heavy");
                      return null;
                    })));
  }

  private static Arguments heavy(
      String name, boolean update, Consumer<TheineCache<Integer, String>> operation) {
    return Arguments.of(name, update, operation);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("heavyOperations")
  void put_heavierThanTheMaximum_succeedsIsToldAsEvictedAndNotKept(
      String name, boolean update, Consumer<TheineCache<Integer, String>> operation) {
    TheineCache<Integer, String> cache =
        weighed(100, (key, value) -> value.equals("heavy") ? 101 : 10);
    cache.put(1, "light");
    cache.put(3, "light");
    CausesListener listener = new CausesListener();
    cache.registerCacheEntryListener(Caches.synchronous(listener));
    Caches.statistics(cache).clear();

    operation.accept(cache);

    int key = update ? 1 : 2;
    assertThat(cache.containsKey(key)).isFalse();
    assertThat(behind.map).containsEntry(key, "heavy");
    assertThat(cache.containsKey(3)).as("the others stay").isTrue();
    assertThat(cache.weight()).isEqualTo(update ? 10 : 20);
    assertThat(listener.told)
        .containsExactly(
            (update ? "UPDATED " : "CREATED ") + key + "=heavy",
            "REMOVED " + key + "=heavy by WEIGHT");
    assertThat(Caches.statistics(cache).getCachePuts()).isEqualTo(1);
    assertThat(Caches.statistics(cache).getCacheEvictions()).isEqualTo(1);
    assertThat(Caches.statistics(cache).getCacheRemovals()).isZero();
  }

  /** Writes down why an entry left, too. */
  private static final class CausesListener
      implements CacheEntryCreatedListener<Integer, String>,
          CacheEntryUpdatedListener<Integer, String>,
          CacheEntryRemovedListener<Integer, String> {
    final List<String> told = new ArrayList<>();

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
      events.forEach(event -> told.add("CREATED " + event.getKey() + "=" + event.getValue()));
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
      events.forEach(event -> told.add("UPDATED " + event.getKey() + "=" + event.getValue()));
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
      for (CacheEntryEvent<? extends Integer, ? extends String> event : events) {
        RemovalCause cause = event.unwrap(TheineCacheEntryEvent.class).cause();
        told.add("REMOVED " + event.getKey() + "=" + event.getValue() + " by " + cause);
      }
    }
  }

  @Test
  void load_heavierThanTheMaximum_isGivenAndNotKept() {
    TheineCache<Integer, String> cache =
        weighed(100, (key, value) -> value.equals("heavy") ? 101 : 10);
    behind.map.put(1, "heavy");

    assertThat(cache.get(1)).isEqualTo("heavy");
    assertThat(cache.getAll(Set.of(1))).isEqualTo(Map.of(1, "heavy"));
    loadAll(cache, Set.of(1));

    assertThat(cache.size()).isZero();
    assertThat(Caches.statistics(cache).getCacheEvictions()).isEqualTo(3);
  }
}
