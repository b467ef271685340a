package org.theine.jcache.weld;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.lang.annotation.Annotation;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Caching;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which methods are cached, and in which cache: names, defaults, classes and superclasses. */
final class MethodsTest {
  private static final AtomicInteger RUNS = new AtomicInteger();

  private static String run() {
    return "run " + RUNS.incrementAndGet();
  }

  /** Names no cache. */
  static class Unnamed {
    @CacheResult
    public String find(String a, int b, long[] c, String[][] d) {
      return run();
    }
  }

  /** Names one for all, and another one for one. */
  @CacheDefaults(cacheName = "class")
  static class Named {
    @CacheResult
    String ofClass() {
      return run();
    }

    @CacheResult(cacheName = "method")
    String ofMethod() {
      return run();
    }

    String notCached() {
      return run();
    }
  }

  /** What beans inherit. */
  abstract static class Base<K> {
    @CacheResult
    public String inherited(K key) {
      return run();
    }

    @CacheResult(cacheName = "overridden")
    public String overridden() {
      return run();
    }
  }

  /** Has defaults for what it inherits, and no annotation on what it overrides. */
  @CacheDefaults(cacheName = "derived")
  static class Derived extends Base<String> {
    @Override
    public String overridden() {
      return run();
    }

    String within() {
      return inherited("within");
    }
  }

  /** Its defaults are those of its superclass. */
  static class MoreDerived extends Named {
    @CacheResult
    String more() {
      return run();
    }
  }

  /** Implemented by a class that makes a bridge method for it. */
  interface Finder<K> {
    @CacheResult(cacheName = "interface")
    String find(K key);

    @CacheResult(cacheName = "other interface")
    default String standard() {
      return run();
    }
  }

  /** Annotated itself on one of them. */
  static class StringFinder implements Finder<String> {
    @Override
    @CacheResult(cacheName = "class of interface")
    public String find(String key) {
      return run();
    }
  }

  /** The annotation of its class is for the methods that have none. */
  @CacheResult(cacheName = "whole class")
  static class Whole {
    String first(String key) {
      return run();
    }

    @CacheResult(cacheName = "own")
    String second(String key) {
      return run();
    }

    @CacheRemoveAll(cacheName = "own")
    void clear() {
      run();
    }
  }

  /** Cannot be intercepted in these methods, which is no error. */
  static class Unreachable {
    @CacheResult(cacheName = "private")
    private String hidden() {
      return run();
    }

    @CacheResult(cacheName = "static")
    static String ofClass() {
      return run();
    }

    String both() {
      return hidden() + ofClass();
    }
  }

  /** Has no annotation until an extension adds one. */
  static class Plain {
    String find(String key) {
      return run();
    }
  }

  /** Adds it, with members that nobody has written down. */
  static final class Adding implements Extension {
    void add(@Observes ProcessAnnotatedType<Plain> event) {
      event
          .configureAnnotatedType()
          .filterMethods(method -> method.getJavaMember().getName().equals("find"))
          .forEach(method -> method.add(new Added()));
    }
  }

  /** No bean itself: made by a producer that has it intercepted. */
  static class Produced {
    @CacheResult(cacheName = "produced")
    public String find(String key) {
      return run();
    }
  }

  /** Makes it. */
  @Dependent
  static class Producer {
    @Produces
    @ApplicationScoped
    Produced produce(InterceptionFactory<Produced> factory) {
      return factory.createInterceptedInstance(new Produced());
    }
  }

  @BeforeEach
  void forget() {
    RUNS.set(0);
  }

  @AfterEach
  void close() {
    Caching.getCachingProvider().close();
  }

  @Test
  void cacheName_notGiven_isThatOfTheMethodWithItsTypes() {
    try (Container container = new Container(Unnamed.class)) {
      container.get(Unnamed.class).find("a", 1, new long[0], new String[0][]);

      assertThat(Container.manager().getCacheNames())
          .containsExactly(
              "org.theine.jcache.weld.MethodsTest$Unnamed.find"
                  + "(java.lang.String,int,[J,[[Ljava.lang.String;)");
    }
  }

  @Test
  void cacheName_ofTheClass_isForMethodsWithoutOne() {
    try (Container container = new Container(Named.class)) {
      Named named = container.get(Named.class);
      assertThat(named.ofClass()).isEqualTo(named.ofClass());
      assertThat(named.ofMethod()).isEqualTo(named.ofMethod());
      assertThat(named.notCached()).isNotEqualTo(named.notCached());

      assertThat(Container.manager().getCacheNames()).containsExactlyInAnyOrder("class", "method");
    }
  }

  @Test
  void inheritedMethod_ofAGenericSuperclass_isCachedByTheDefaultsOfTheBean() {
    try (Container container = new Container(Derived.class)) {
      Base<String> bean = container.get(Derived.class);
      assertThat(bean.inherited("a")).isEqualTo(bean.inherited("a"));

      assertThat(Container.manager().getCacheNames()).containsExactly("derived");
    }
  }

  @Test
  void overriddenMethod_withoutAnAnnotation_isNotCached() {
    try (Container container = new Container(Derived.class)) {
      Derived bean = container.get(Derived.class);
      assertThat(bean.overridden()).isNotEqualTo(bean.overridden());
    }
  }

  @Test
  void call_ofTheBeanToItself_isNotIntercepted() {
    try (Container container = new Container(Derived.class)) {
      Derived bean = container.get(Derived.class);
      assertThat(bean.within()).isNotEqualTo(bean.within());
    }
  }

  @Test
  void defaults_ofTheSuperclass_areForASubclassWithout() {
    try (Container container = new Container(MoreDerived.class)) {
      MoreDerived bean = container.get(MoreDerived.class);
      assertThat(bean.more()).isEqualTo(bean.ofClass());

      assertThat(Container.manager().getCacheNames()).containsExactly("class");
    }
  }

  @Test
  void interfaces_theirAnnotations_countForNothing() {
    try (Container container = new Container(StringFinder.class)) {
      Finder<String> bean = container.get(StringFinder.class);
      assertThat(bean.find("a")).isEqualTo(bean.find("a")).isNotEqualTo(bean.find("b"));

      assertThat(RUNS).hasValue(2);
      assertThat(Container.manager().getCacheNames()).containsExactly("class of interface");
      assertThat(Container.size("class of interface")).isEqualTo(2);
    }
  }

  @Test
  void annotationOfTheClass_method_countsUnlessItHasItsOwn() {
    try (Container container = new Container(Whole.class)) {
      Whole bean = container.get(Whole.class);
      assertThat(bean.first("a")).isEqualTo(bean.first("a"));
      assertThat(bean.second("a")).isEqualTo(bean.second("a"));
      assertThat(Container.size("own")).isEqualTo(1);
      bean.clear();

      assertThat(Container.size("own")).isZero();
      assertThat(Container.size("whole class")).isEqualTo(1);
    }
  }

  @Test
  void privateAndStaticMethods_annotated_runEachTime() {
    try (Container container = new Container(Unreachable.class)) {
      assertThat(container.get(Unreachable.class).both()).isEqualTo("run 1run 2");
      assertThat(Container.manager().getCacheNames()).isEmpty();
    }
  }

  @Test
  void annotation_addedByAnExtension_countsWithItsMembers() {
    try (var weld = Container.initializer(Plain.class).addExtensions(new Adding()).initialize()) {
      Plain bean = weld.select(Plain.class).get();
      assertThat(bean.find("a")).isEqualTo(bean.find("a"));

      assertThat(Container.manager().getCacheNames()).containsExactly("added");
    }
  }

  @Test
  void producedObject_intercepted_isCached() {
    try (Container container = new Container(Producer.class)) {
      Produced bean = container.get(Produced.class);
      assertThat(bean.find("a")).isEqualTo(bean.find("a"));

      assertThat(Container.size("produced")).isEqualTo(1);
    }
  }

  @SuppressWarnings({"BadAnnotationImplementation", "ClassExplicitlyAnnotation"})
  private static final class Added implements CacheResult {
    @Override
    public Class<? extends Annotation> annotationType() {
      return CacheResult.class;
    }

    @Override
    public String cacheName() {
      return "added";
    }

    @Override
    public boolean skipGet() {
      return false;
    }

    @Override
    public Class<? extends CacheResolverFactory> cacheResolverFactory() {
      return CacheResolverFactory.class;
    }

    @Override
    public Class<? extends CacheKeyGenerator> cacheKeyGenerator() {
      return CacheKeyGenerator.class;
    }

    @Override
    public String exceptionCacheName() {
      return "";
    }

    @Override
    @SuppressWarnings("unchecked")
    public Class<? extends Throwable>[] cachedExceptions() {
      return (Class<? extends Throwable>[]) new Class<?>[0];
    }

    @Override
    public Class<? extends Throwable>[] nonCachedExceptions() {
      return cachedExceptions();
    }
  }
}
