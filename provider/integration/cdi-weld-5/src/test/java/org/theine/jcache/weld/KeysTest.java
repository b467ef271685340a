package org.theine.jcache.weld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.interceptor.InvocationContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheException;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.annotation.GeneratedCacheKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys: those of the parameters, those of generators, and what a generator is told. */
final class KeysTest {
  private static final AtomicInteger RUNS = new AtomicInteger();

  /** Carried by a parameter, for the generator to see. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Mark {}

  /** A key that says which generator made it. */
  record Named(String generator, String text) implements GeneratedCacheKey {}

  /** No bean: has to be made by its constructor. */
  static final class Constructed implements CacheKeyGenerator {
    private Constructed() {}

    @Override
    public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<? extends Annotation> c) {
      return new Named("constructed", String.valueOf(c.getKeyParameters()[0].getValue()));
    }
  }

  /** What the bean below needs. */
  @ApplicationScoped
  static class Prefix {
    String text() {
      return "injected";
    }
  }

  /** A bean. */
  @ApplicationScoped
  static class Injected implements CacheKeyGenerator {
    @Inject Prefix prefix;

    @Override
    public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<? extends Annotation> c) {
      return new Named(prefix.text(), String.valueOf(c.getKeyParameters()[0].getValue()));
    }
  }

  /** Keeps what it was told. */
  static final class Recording implements CacheKeyGenerator {
    static @Nullable CacheKeyInvocationContext<? extends Annotation> told;

    @Override
    public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<? extends Annotation> c) {
      told = c;
      return new Named("recording", "");
    }
  }

  /** Breaks the rule that there is a key. */
  static final class Keyless implements CacheKeyGenerator {
    @Override
    @SuppressWarnings("NullAway")
    public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<? extends Annotation> c) {
      return null;
    }
  }

  /** An argument that gets its number from the method. */
  static final class Draft {
    int number;

    @Override
    public String toString() {
      return "draft " + number;
    }
  }

  /** Annotated in many ways. */
  @CacheDefaults(cacheName = "keys", cacheKeyGenerator = Constructed.class)
  static class WithGenerator {
    @CacheResult
    String byDefault(String key) {
      return "x";
    }

    @CacheResult(cacheKeyGenerator = Injected.class)
    String byMethod(String key) {
      return "x";
    }

    @CachePut
    void create(Draft draft, @CacheValue String value) {
      draft.number = 7;
    }

    @CacheRemove(cacheKeyGenerator = Injected.class)
    void remove(String key) {}

    @CachePut(cacheKeyGenerator = Recording.class)
    void put(@CacheKey @Mark String key, int other, @CacheValue Integer value) {}

    @CacheResult(cacheKeyGenerator = Keyless.class)
    String keyless(String key) {
      return "x";
    }
  }

  /** Without a generator. */
  static class ByParameters {
    @CacheResult(cacheName = "keys")
    public int find(@Nullable Object... parameters) {
      return RUNS.incrementAndGet();
    }

    @CacheResult(cacheName = "none")
    public int none() {
      return RUNS.incrementAndGet();
    }

    @CacheResult(cacheName = "arrays")
    public int changing(byte[] key) {
      key[0]++;
      return RUNS.incrementAndGet();
    }
  }

  private static final Container CONTAINER =
      new Container(WithGenerator.class, ByParameters.class, Injected.class, Prefix.class);

  private final WithGenerator generated = CONTAINER.get(WithGenerator.class);
  private final ByParameters plain = CONTAINER.get(ByParameters.class);

  @BeforeEach
  void forget() {
    RUNS.set(0);
  }

  @AfterEach
  void closeCaches() {
    Container.manager().close();
  }

  @AfterAll
  static void close() {
    CONTAINER.close();
  }

  private static Object onlyKey(String cacheName) {
    return Container.cache(cacheName).iterator().next().getKey();
  }

  @Test
  void parameters_equalInDepth_areOneKey() {
    assertThat(plain.find("a", null, new int[] {1}, new Object[] {new long[] {2}, "b"})).isOne();
    assertThat(plain.find("a", null, new int[] {1}, new Object[] {new long[] {2}, "b"})).isOne();

    assertThat(plain.find("a", null, new int[] {1}, new Object[] {new long[] {3}, "b"}))
        .isNotEqualTo(1);
    assertThat(plain.find("a", null, new int[] {1, 2}, "b")).isNotEqualTo(1);
    assertThat(plain.find("a", "null")).isNotEqualTo(1);
    assertThat(plain.find()).isNotEqualTo(1);
  }

  @Test
  void parameters_none_areAKeyToo() {
    assertThat(plain.none()).isEqualTo(plain.none());
  }

  @Test
  void array_changedByTheMethod_isInTheKeyAsItCame() {
    int first = plain.changing(new byte[] {1});

    assertThat(plain.changing(new byte[] {1})).isEqualTo(first);
    assertThat(plain.changing(new byte[] {2})).isNotEqualTo(first);
  }

  @Test
  void key_ofParameters_isAGeneratedKeyThatTellsThem() {
    plain.find("a", 1);

    assertThat(onlyKey("keys")).isInstanceOf(GeneratedCacheKey.class).hasToString("[[a, 1]]");
  }

  @Test
  void key_serialized_isEqualAgain() throws Exception {
    plain.find("a", DayOfWeek.MONDAY, new int[] {1});
    Object key = onlyKey("keys");

    Object copy = copy(key);

    assertThat(copy).isNotSameAs(key).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(key).isNotEqualTo("another type");
  }

  private static Object copy(Object object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }

  @Test
  void generator_ofTheClass_isMadeByItsConstructor() {
    generated.byDefault("a");

    assertThat(onlyKey("keys")).isEqualTo(new Named("constructed", "a"));
  }

  @Test
  void generator_thatIsABean_isTheBean() {
    generated.byMethod("a");
    assertThat(onlyKey("keys")).isEqualTo(new Named("injected", "a"));

    generated.remove("a");
    assertThat(Container.size("keys")).isZero();
  }

  @Test
  void generator_ofAPut_seesWhatTheMethodDidToItsArgument() {
    generated.create(new Draft(), "x");

    assertThat(onlyKey("keys")).isEqualTo(new Named("constructed", "draft 7"));
  }

  @Test
  void generator_withoutAKey_isNamed() {
    assertThatThrownBy(() -> generated.keyless("a"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("KeysTest$WithGenerator.keyless(java.lang.String)")
        .hasMessageContaining(Keyless.class.getName());
  }

  @Test
  void context_givenToAGenerator_tellsTheCall() throws Exception {
    generated.put("k", 2, 3);
    CacheKeyInvocationContext<? extends Annotation> context = Recording.told;
    assertThat(context).isNotNull();

    assertThat(context.getMethod())
        .isEqualTo(
            WithGenerator.class.getDeclaredMethod("put", String.class, int.class, Integer.class));
    assertThat(context.getCacheName()).isEqualTo("keys");
    assertThat(context.getCacheAnnotation()).isInstanceOf(CachePut.class);
    assertThat(context.getAnnotations()).containsExactly(context.getCacheAnnotation());
    assertThat(context.getTarget()).isInstanceOf(WithGenerator.class);
    assertThat(values(context.getAllParameters())).containsExactly("k", 2, 3);
    assertThat(values(context.getKeyParameters())).containsExactly("k");
    assertThat(context.getValueParameter().getValue()).isEqualTo(3);
    assertThat(context.getValueParameter().getParameterPosition()).isEqualTo(2);
    assertThat(context.getAllParameters()[1].getRawType()).isEqualTo(int.class);
    assertThat(context.getAllParameters()[0].getAnnotations())
        .extracting(Annotation::annotationType)
        .satisfiesExactlyInAnyOrder(
            type -> assertThat(type).isEqualTo(CacheKey.class),
            type -> assertThat(type).isEqualTo(Mark.class));
    context.getAllParameters()[0] = context.getAllParameters()[1];
    assertThat(values(context.getAllParameters())).containsExactly("k", 2, 3);
  }

  @Test
  void context_unwrapped_isItselfOrTheCallOfTheContainer() {
    generated.put("k", 2, 3);
    CacheKeyInvocationContext<? extends Annotation> context = Recording.told;
    assertThat(context).isNotNull();

    assertThat(context.unwrap(CacheInvocationContext.class)).isSameAs(context);
    assertThat(context.unwrap(InvocationContext.class).getTarget()).isSameAs(context.getTarget());
    assertThatThrownBy(() -> context.unwrap(String.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.String");
  }

  private static Object[] values(CacheInvocationParameter[] parameters) {
    return Arrays.stream(parameters).map(CacheInvocationParameter::getValue).toArray();
  }
}
