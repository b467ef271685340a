package org.theine.jcache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.cache.CacheManager;
import org.hibernate.cache.jcache.ConfigSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.theine.jcache.hibernate.Library.Reading;

/** How Hibernate finds its manager, and whose it is. */
final class ManagerTest {
  @TempDir private Path directory;

  @Test
  void provider_thatIsNoClass_isNamed() {
    assertThatThrownBy(() -> new Library(Map.of(ConfigSettings.PROVIDER, "org.theine.Nobody")))
        .hasStackTraceContaining("org.theine.Nobody");
  }

  @Test
  void uri_ofTheSettings_isTheManagersAndOthersAreApart() throws SQLException, IOException {
    try (Library one = new Library(at("one.conf"));
        Library two = new Library(at("two.conf"))) {
      assertThat(one.manager().getURI()).isEqualTo(directory.resolve("one.conf").toUri());
      assertThat(two.manager().getURI()).isEqualTo(directory.resolve("two.conf").toUri());
      store(one, "Kite");
      store(two, "Ball");

      assertCached(one, "Kite");
      assertCached(two, "Ball");
      CacheManager first = one.manager();
      one.closeSessions();
      assertThat(first.isClosed()).isTrue();
      assertCached(two, "Ball");
    }
  }

  @Test
  void redeployment_threeTimesInOneJvm_startsAfresh() throws SQLException {
    CacheManager before = null;
    for (int i = 0; i < 3; i++) {
      CacheManager manager;
      try (Library library = new Library(Library.THIS_PROVIDER)) {
        manager = library.manager();
        assertThat(manager).isNotSameAs(before);
        assertThat(library.cache(Product.ENTITY)).isEmpty();
        store(library, "Kite " + i);
        assertCached(library, "Kite " + i);
      }
      assertThat(manager.isClosed()).isTrue();
      before = manager;
    }
  }

  /** Hibernate closes the manager that it uses, whoever else does. */
  @Test
  void twoFactories_ofOneUri_shareTheManagerAndItsEnd() throws SQLException {
    try (Library one = new Library(Library.THIS_PROVIDER);
        Library two = new Library(Library.THIS_PROVIDER)) {
      assertThat(one.manager()).isSameAs(two.manager());
      one.closeSessions();

      assertThatThrownBy(() -> two.read(session -> session.find(Product.class, 1L)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(Product.ENTITY)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void regionPrefix_ofTheSettings_standsBeforeEachName() throws SQLException {
    Map<String, Object> settings = new HashMap<>(Library.THIS_PROVIDER);
    settings.put("hibernate.cache.region_prefix", "shop");
    try (Library library = new Library(settings)) {
      assertThat(library.manager().getCacheNames())
          .hasSameElementsAs(Library.REGIONS.stream().map(name -> "shop." + name).toList());
      store(library, "Kite");
      assertCached(library, "Kite");
    }
  }

  // ------------------------------------------------------------------------------------- fixture

  private Map<String, Object> at(String file) throws IOException {
    Map<String, Object> settings = new HashMap<>(Library.THIS_PROVIDER);
    Path path = Files.writeString(directory.resolve(file), "theine.jcache {}");
    settings.put(ConfigSettings.CONFIG_URI, path.toUri().toString());
    return settings;
  }

  private static void store(Library library, String name) {
    library.change(session -> session.persist(new Product(1, "K-1", 7, name)));
  }

  private static void assertCached(Library library, String name) {
    assertThat(library.read(session -> session.find(Product.class, 1L).name()))
        .isEqualTo(new Reading<>(name, 0, 0));
  }
}
