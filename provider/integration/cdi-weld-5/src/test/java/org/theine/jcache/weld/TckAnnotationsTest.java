package org.theine.jcache.weld;

import static org.assertj.core.api.Assertions.assertThat;

import javax.cache.Caching;
import manager.CacheNameOnEachMethodBlogManagerImpl;
import manager.ClassLevelCacheConfigBlogManagerImpl;
import manager.UsingDefaultCacheNameBlogManagerImpl;
import org.jsr107.tck.annotation.InterceptionCacheNameOnEachMethodTest;
import org.jsr107.tck.annotation.InterceptionUsingCacheConfigTest;
import org.jsr107.tck.annotation.InterceptionUsingDefaultCacheNameTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;

/** Runs the tests of the annotations in the TCK of JSR-107, unmodified, on beans of Weld. */
final class TckAnnotationsTest {
  @AfterEach
  void close() {
    Caching.getCachingProvider().close();
  }

  @Test
  void tck_itsTwelveTestsOfTheAnnotations_pass() {
    Result result =
        JUnitCore.runClasses(
            InterceptionCacheNameOnEachMethodTest.class,
            InterceptionUsingCacheConfigTest.class,
            InterceptionUsingDefaultCacheNameTest.class);

    assertThat(result.getFailures()).isEmpty();
    assertThat(result.getRunCount()).isEqualTo(12);
    assertThat(result.getIgnoreCount()).isZero();
    assertThat(WeldBeanProvider.GIVEN)
        .containsExactlyInAnyOrder(
            CacheNameOnEachMethodBlogManagerImpl.class,
            ClassLevelCacheConfigBlogManagerImpl.class,
            UsingDefaultCacheNameBlogManagerImpl.class);
    assertThat(Container.manager().getCacheNames())
        .contains(
            "blgMngr",
            "manager.UsingDefaultCacheNameBlogManagerImpl.getEntryCached(java.lang.String)");
  }
}
