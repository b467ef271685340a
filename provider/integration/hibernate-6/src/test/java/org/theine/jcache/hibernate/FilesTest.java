package org.theine.jcache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Map;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.theine.jcache.TheineCache;

/** The file that {@code hibernate.javax.cache.uri} names: where it is found, and faults in it. */
final class FilesTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"shop-caches.conf", "/shop-caches.conf", "classpath://shop-caches.conf"})
  void file_onTheClassPath_isFoundByHibernate(String uri) throws SQLException {
    try (Library library = new Library(ConfigurationFile.at(uri))) {
      assertThat(library.manager().getURI().toString()).endsWith("/shop-caches.conf");
      assertThat(maximumOfProducts(library)).isEqualTo(50);
    }
  }

  @Test
  void file_byItsUri_isRead() throws SQLException, IOException {
    Path file = directory.resolve("with space.conf");
    Files.writeString(file, "theine.jcache.defaults.maximum = 7");
    try (Library library = new Library(ConfigurationFile.at(file.toUri().toString()))) {
      assertThat(maximumOfProducts(library)).isEqualTo(7);
    }
  }

  @Test
  void file_thatIsNotOnTheClassPath_isNamedByHibernate() {
    assertThat(failure(ConfigurationFile.at("nowhere.conf")))
        .hasStackTraceContaining("Couldn't load URI from nowhere.conf");
  }

  /** It must be able to read from it: what is an identity alone has to come as a manager. */
  @Test
  void uri_thatIsNoUrl_isRefusedByHibernate() {
    assertThat(failure(ConfigurationFile.at("urn:shop")))
        .hasStackTraceContaining("Couldn't load URI from urn:shop");
  }

  @Test
  void file_thatIsMissing_isNamedAndFoundOnceItIsThere() throws SQLException, IOException {
    Path file = directory.resolve("later.conf");
    Map<String, Object> settings = ConfigurationFile.at(file.toUri().toString());

    assertThat(onlyCacheException(failure(settings))).hasMessageContaining("later.conf");

    Files.writeString(file, "theine.jcache { defaults { maximum = 7 } }");
    try (Library library = new Library(settings)) {
      assertThat(maximumOfProducts(library)).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "defaults { maximun = 7 }                             | maximun",
        "defaults { ttl = 30x }                               | 30x",
        "defaults { maximum = -1 }                            | -1",
        "caches { \"com.acme.Product\" { template = nobody } } | nobody",
        "caches {                                             | caches.conf"
      })
  void file_withAFault_isOneExceptionAndReadAgainOnceMended(String content, String named)
      throws SQLException, IOException {
    Path file = Files.writeString(directory.resolve("caches.conf"), "theine.jcache {" + content);
    Files.writeString(file, " }", StandardOpenOption.APPEND);
    Map<String, Object> settings = ConfigurationFile.at(file.toUri().toString());

    assertThat(onlyCacheException(failure(settings)))
        .hasMessageContaining("caches.conf")
        .hasMessageContaining(named);

    Files.writeString(file, "theine.jcache { defaults { maximum = 7 } }");
    try (Library library = new Library(settings)) {
      assertThat(maximumOfProducts(library)).isEqualTo(7);
    }
  }

  private static Throwable failure(Map<String, Object> settings) {
    Throwable failure = catchThrowable(() -> new Library(settings).close());
    assertThat(failure).isNotNull();
    return failure;
  }

  /** The one of JCache among the causes. */
  private static Throwable onlyCacheException(Throwable failure) {
    Throwable found = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CacheException) {
        assertThat(found).as("one before %s", cause).isNull();
        found = cause;
      }
    }
    assertThat(found).as("a CacheException in %s", failure).isNotNull();
    return found;
  }

  private static long maximumOfProducts(Library library) {
    return library.cache(Product.ENTITY).unwrap(TheineCache.class).maximum();
  }
}
