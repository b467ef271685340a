package org.theine.jcache.weld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.io.PrintWriter;
import java.io.StringWriter;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.Test;

/** What is wrong with annotations ends the deployment, and is named with class and method. */
final class DeploymentTest {
  /** Lacks the value, though it has one parameter only. */
  static class PutWithoutValue {
    @CachePut
    void put(String one) {}
  }

  /** Has too many. */
  static class PutWithTwoValues {
    @CachePut
    void put(int key, @CacheValue String first, @CacheValue String second) {}
  }

  /** Has a value where it has no meaning, in three methods. */
  static class ValueElsewhere {
    @CacheResult
    String find(@CacheValue String value) {
      return value;
    }

    @CacheRemove
    void remove(@CacheValue String value) {}

    @CacheRemoveAll
    void clear(@CacheValue String value) {}
  }

  /** Contradicts itself. */
  static class KeyAndValue {
    @CachePut
    void put(int key, @CacheKey @CacheValue String value) {}
  }

  /** Has several, of which the middle ones of the list would be lost otherwise. */
  static class Several {
    @CacheResult
    @CacheRemove
    @CacheRemoveAll
    String find(String key) {
      return key;
    }
  }

  /** Has several on the class. */
  @CacheResult
  @CacheRemove
  static class SeveralOnTheClass {
    String find(String key) {
      return key;
    }
  }

  /** Has no constructor without parameters. */
  abstract static class Unmakeable implements CacheKeyGenerator, CacheResolverFactory {
    Unmakeable(int ignored) {}
  }

  /** Abstract, so that its constructor is of no use. */
  abstract static class Abstract implements CacheKeyGenerator, CacheResolverFactory {}

  /** Names what cannot be made. */
  static class WithUnmakeable {
    @CacheResult(cacheKeyGenerator = Unmakeable.class, cacheResolverFactory = Abstract.class)
    String find(String key) {
      return key;
    }
  }

  /** Makes two managers. */
  @Dependent
  static class TwoManagers {
    @Produces
    CacheManager first() {
      return Caching.getCachingProvider().getCacheManager();
    }

    @Produces
    CacheManager second() {
      return Caching.getCachingProvider().getCacheManager();
    }
  }

  /** Is right. */
  static class Right {
    @CacheResult
    String find(String key) {
      return key;
    }
  }

  /** Is right, since what is wrong in its superclass is overridden. */
  static class Mended extends PutWithoutValue {
    @Override
    void put(String one) {}
  }

  @Test
  void put_withoutValue_isNamed() {
    assertThat(errorOf(PutWithoutValue.class))
        .contains(
            "DeploymentTest$PutWithoutValue.put(java.lang.String): "
                + "@CachePut needs one parameter with @CacheValue: 0");
  }

  @Test
  void put_withTwoValues_isNamed() {
    assertThat(errorOf(PutWithTwoValues.class))
        .contains("$PutWithTwoValues.put(int,java.lang.String,java.lang.String): ")
        .contains("@CachePut needs one parameter with @CacheValue: 2");
  }

  @Test
  void value_ofAnotherAnnotation_isNamedForEachMethod() {
    assertThat(errorOf(ValueElsewhere.class))
        .contains("find(java.lang.String): @CacheValue is for @CachePut, not for @CacheResult")
        .contains("remove(java.lang.String): @CacheValue is for @CachePut, not for @CacheRemove")
        .contains("clear(java.lang.String): @CacheValue is for @CachePut, not for @CacheRemoveAll");
  }

  @Test
  void parameter_keyAndValue_isNamed() {
    assertThat(errorOf(KeyAndValue.class))
        .contains("$KeyAndValue.put(int,java.lang.String): ")
        .contains("no parameter may be both @CacheKey and @CacheValue: index 1");
  }

  @Test
  void annotations_severalOnAMethod_areNamed() {
    assertThat(errorOf(Several.class))
        .contains(
            "$Several.find(java.lang.String): at most one annotation of a cache is allowed: "
                + "@CacheResult, @CacheRemove, @CacheRemoveAll");
  }

  @Test
  void annotations_severalOnAClass_areNamed() {
    assertThat(errorOf(SeveralOnTheClass.class))
        .contains(
            "DeploymentTest$SeveralOnTheClass: at most one annotation of a cache is allowed: "
                + "@CacheResult, @CacheRemove");
  }

  @Test
  void plugIns_thatCannotBeMade_areNamed() {
    assertThat(errorOf(WithUnmakeable.class))
        .contains("$WithUnmakeable.find(java.lang.String): ")
        .contains("$Unmakeable must be a bean, or a class with a constructor without parameters")
        .contains("$Abstract must be a bean, or a class with a constructor without parameters");
  }

  @Test
  void managersOfTheApplication_several_areNamed() {
    assertThat(errorOf(Right.class, TwoManagers.class))
        .contains("$Right.find(java.lang.String): ")
        .contains("there must be at most one bean of type javax.cache.CacheManager")
        .contains("first()")
        .contains("second()");
  }

  @Test
  void managersOfTheApplication_severalButNothingCached_doNotMatter() {
    new Container(TwoManagers.class).close();
  }

  @Test
  void wrongUse_overridden_doesNotMatter() {
    new Container(Mended.class).close();
  }

  private static String errorOf(Class<?>... beans) {
    Throwable error = catchThrowable(() -> new Container(beans).close());
    assertThat(error).isNotNull();
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
