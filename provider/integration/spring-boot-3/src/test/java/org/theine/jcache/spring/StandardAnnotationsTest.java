package org.theine.jcache.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.theine.jcache.spring.Library.NoSuchBookException;

/**
 * The annotations of JSR-107, which Spring heeds by itself when it finds them on the class path.
 */
final class StandardAnnotationsTest {
  @Import(Applications.Caching.class)
  static class Application {
    @Bean
    Library library() {
      return new Library();
    }
  }

  private static ConfigurableApplicationContext application;

  private final Library library = application.getBean(Library.class);
  private final int callsBefore = library.calls();

  @BeforeAll
  static void start() {
    application =
        Applications.start(
            Application.class,
            "spring.cache.type=jcache",
            "spring.cache.cache-names=books,missing-books");
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @BeforeEach
  void empty() {
    Applications.manager(application).getCache("books").clear();
    Applications.manager(application).getCache("missing-books").clear();
  }

  private int calls() {
    return library.calls() - callsBefore;
  }

  @Test
  void cacheResult_askedTwice_callsOnce() {
    assertThat(library.title("1")).isEqualTo(library.title("1"));

    assertThat(calls()).isEqualTo(1);
  }

  @Test
  void cacheResult_withACacheKey_isForThatParameterAlone() {
    assertThat(library.titleForReader("1", "ada")).isEqualTo(library.titleForReader("1", "bob"));

    assertThat(calls()).isEqualTo(1);
  }

  @Test
  void cacheResult_skippingTheGet_callsEachTimeAndPuts() {
    library.title("1");
    String anew = library.titleAnew("1");

    assertThat(library.title("1")).isEqualTo(anew);
    assertThat(calls()).isEqualTo(2);
  }

  @Test
  void cacheResult_aFailureToBeCached_isThrownAgainWithNoCall() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> library.titleOrFail("none"))
          .isInstanceOf(NoSuchBookException.class)
          .hasMessage("no book none");
    }

    assertThat(calls()).isEqualTo(1);
    assertThat(Applications.manager(application).getCache("missing-books")).hasSize(1);
  }

  @Test
  void cacheResult_anotherFailure_isNotCached() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> library.titleOrFail("1")).hasMessage("not cached");
    }

    assertThat(calls()).isEqualTo(3);
  }

  @Test
  void cachePut_ofAValue_isWhatIsFound() {
    library.title("1");
    library.rename("1", "another title");

    assertThat(library.title("1")).isEqualTo("another title");
    assertThat(calls()).isEqualTo(1);
  }

  @Test
  void cacheRemove_ofOneKey_leavesTheOthers() {
    library.title("1");
    library.title("2");
    library.remove("1");

    library.title("1");
    library.title("2");
    assertThat(calls()).isEqualTo(3);
  }

  @Test
  void cacheRemove_whenTheCallFails_heedsWhichFailures() {
    library.title("none");
    library.title("1");

    assertThatThrownBy(() -> library.removeAndFail("none")).isInstanceOf(NoSuchBookException.class);
    assertThatThrownBy(() -> library.removeAndFail("1")).hasMessage("nothing removed");
    library.title("none");
    library.title("1");
    assertThat(calls()).isEqualTo(3);
  }

  @Test
  void cacheRemoveAll_withEntries_leavesNone() {
    library.title("1");
    library.title("2");
    library.removeAll();

    library.title("1");
    library.title("2");
    assertThat(calls()).isEqualTo(4);
  }
}
