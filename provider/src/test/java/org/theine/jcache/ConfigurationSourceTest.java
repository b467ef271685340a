package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URI names a file, where files are looked for, and what a file may include. */
final class ConfigurationSourceTest {
  private static final String BLOCK = "theine.jcache.caches.users { maximum = %d }\n";

  @TempDir Path folder;

  private final TheineCachingProvider provider = new TheineCachingProvider();
  private URLClassLoader classPath;

  @BeforeEach
  void openClassPath() throws IOException {
    classPath = new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
  }

  @AfterEach
  void close() throws IOException {
    provider.close();
    classPath.close();
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private Path jar(String name, String entry, String content) throws IOException {
    Path jar = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(entry));
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private CacheManager manager(String uri) {
    return provider.getCacheManager(URI.create(uri), classPath, new Properties());
  }

  private long maximum(String uri) {
    return maximum(manager(uri));
  }

  private static long maximum(CacheManager manager) {
    Cache<Object, Object> users = manager.getCache("users");
    assertThat(users).isNotNull();
    return users.unwrap(TheineCache.class).maximum();
  }

  // -------------------------------------------------------------------------------------------
  // URIs

  @Test
  void uri_ofAFileOrResource_isRead() throws IOException {
    write("conf/theine.conf", BLOCK.formatted(1));
    write("other.name", BLOCK.formatted(2));
    Path jar = jar("app.jar", "in/theine.conf", BLOCK.formatted(3));

    assertThat(maximum(folder.resolve("conf/theine.conf").toUri().toString())).isEqualTo(1);
    assertThat(maximum("file:" + folder.resolve("conf/theine.conf"))).isEqualTo(1);
    assertThat(maximum("classpath:conf/theine.conf")).isEqualTo(1);
    assertThat(maximum("classpath:/conf/theine.conf")).isEqualTo(1);
    assertThat(maximum("conf/theine.conf")).isEqualTo(1);
    assertThat(maximum("/conf/theine.conf")).isEqualTo(1);
    assertThat(maximum("classpath:///conf/theine.conf")).isEqualTo(1);
    assertThat(maximum("classpath:other.name")).isEqualTo(2);
    assertThat(maximum("jar:" + jar.toUri() + "!/in/theine.conf")).isEqualTo(3);
  }

  @Test
  void uri_withSpacesAndUmlauts_isRead() throws IOException {
    Path file = write("a b/thé.conf", BLOCK.formatted(1));

    assertThat(maximum(file.toUri().toString())).isEqualTo(1);
    assertThat(maximum("a%20b/th%C3%A9.conf")).isEqualTo(1);
  }

  @Test
  void resource_inAJarOnTheClassPath_isReadAnewByEachManager() throws IOException {
    Path jar = jar("app.jar", "theine.conf", BLOCK.formatted(1));
    URI uri = URI.create("jar:" + jar.toUri() + "!/theine.conf");
    CacheManager first = provider.getCacheManager(uri, classPath, new Properties());
    assertThat(maximum(first)).isEqualTo(1);
    first.close();

    jar("app.jar", "theine.conf", BLOCK.formatted(22));
    assertThat(maximum(provider.getCacheManager(uri, classPath, new Properties())))
        .as("the JVM keeps no jar open that was replaced")
        .isEqualTo(22);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:acme:caches",
        "http://localhost:1/theine.conf",
        "https://acme.example/theine.conf",
        "ftp://acme.example/theine.conf",
        "tag:a,b",
        "a-manager",
        "some/path",
        "hibernate.conf/x"
      })
  void uri_ofAnyOtherKind_isOnlyAnIdentity(String uri) {
    assertThat(manager(uri).getCacheNames()).isEmpty();
    assertThat(manager(uri).getURI()).isEqualTo(URI.create(uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///no/such/theine.conf",
        "classpath:no-such.conf",
        "no-such.conf",
        "no/such.json",
        "no-such.properties",
        "jar:file:///no/such.jar!/theine.conf"
      })
  void file_missing_isRefusedByItsName(String uri) {
    assertThatThrownBy(() -> manager(uri))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("no")
        .hasMessageContaining("such");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file://other-host/share/theine.conf",
        "jar:http://localhost:1/app.jar!/theine.conf",
        "jar:ftp://localhost:1/app.jar!/theine.conf",
        "jar:file://other-host/app.jar!/theine.conf"
      })
  void file_onAnotherMachine_isNeverFetched(String uri) {
    assertThatThrownBy(() -> manager(uri))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(uri)
        .hasMessageContaining("of this machine");
  }

  @Test
  void file_withARelativePath_isRefused() {
    assertThatThrownBy(() -> manager("file:relative.conf"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("file:relative.conf must have an absolute path");
  }

  @Test
  void file_ofUnreadableContent_isRefusedByItsName() throws IOException {
    Path jar = write("broken.jar", "no jar");

    assertThatThrownBy(() -> manager("jar:" + jar.toUri() + "!/theine.conf"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("broken.jar");
  }

  // ----------------------------------------------------------------------------------------
  // default

  @Test
  void defaultManager_withAFileOnItsClassPath_readsIt() throws IOException {
    assertThat(provider.getCacheManager(null, classPath).getCacheNames()).isEmpty();
    provider.close();

    write("theine-jcache.conf", BLOCK.formatted(4));
    assertThat(maximum(provider.getCacheManager(null, classPath))).isEqualTo(4);
    assertThat(provider.getCacheManager().getCacheNames()).as("another class path").isEmpty();
    assertThat(manager("another").getCacheNames()).as("another manager").isEmpty();
  }

  @Test
  void resource_ofTheThreadsClassLoader_isTheLastResort() throws IOException {
    write("theine.conf", BLOCK.formatted(5));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(null);
      assertThatThrownBy(() -> provider.getCacheManager(URI.create("theine.conf"), null))
          .isInstanceOf(CacheException.class);
      thread.setContextClassLoader(classPath);
      assertThat(maximum(provider.getCacheManager(URI.create("theine.conf"), null))).isEqualTo(5);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  // ------------------------------------------------------------------------------------------
  // forms

  @Test
  void file_inJson_isRead() throws IOException {
    write("theine.json", "{\"theine\": {\"jcache\": {\"caches\": {\"users\": {\"maximum\": 6}}}}}");

    assertThat(maximum("theine.json")).isEqualTo(6);
  }

  @Test
  void file_ofProperties_isRead() throws IOException {
    write(
        "theine.properties",
        "theine.jcache.caches.users.maximum=7\ntheine.jcache.caches.com.acme.A.ttl=5m\n");

    assertThat(maximum("theine.properties")).isEqualTo(7);
    assertThat(manager("theine.properties").getCacheNames())
        .containsExactlyInAnyOrder("users", "com.acme.A");
  }

  @Test
  void file_withVariables_takesThemFromItselfAndTheEnvironment() throws IOException {
    write(
        "theine.conf",
        "few = 8\ntheine.jcache.caches.users { maximum = ${few}, maximum = ${?NO_SUCH_VARIABLE} }");

    assertThat(maximum("theine.conf")).isEqualTo(8);
  }

  // ---------------------------------------------------------------------------------------
  // includes

  @Test
  void include_ofAFileBesideIt_isReadAndItsMistakesToldByItsName() throws IOException {
    write("main.conf", "include \"conf/more.conf\"\n");
    write("conf/more.conf", BLOCK.formatted(9));
    assertThat(maximum("main.conf")).isEqualTo(9);

    manager("main.conf").close();
    write("conf/more.conf", "\n\ntheine.jcache.caches.users { maximum = many }");
    assertThatThrownBy(() -> manager("main.conf"))
        .hasMessageContaining("more.conf, line 3")
        .hasMessageContaining("many");
  }

  @Test
  void include_ofFileAndClassPath_isRead() throws IOException {
    Path file = write("far.conf", BLOCK.formatted(10));
    write("near.conf", "theine.jcache.caches.users { ttl = 5m }");
    write("main.conf", "include file(\"%s\")\ninclude classpath(\"near.conf\")\n".formatted(file));

    assertThat(maximum("main.conf")).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"http://localhost:1/more.conf\"",
        "include \" http://localhost:1/more.conf\"",
        "include \"\\thttp://localhost:1/more.conf\\n\"",
        "include required(\" http://localhost:1/more.conf\")",
        "include \"url:http://localhost:1/more.conf\"",
        "include url(\"http://localhost:1/more.conf\")",
        "include url(\"file:///etc/more.conf\")",
        "include required(url(\"https://localhost:1/more.conf\"))",
        "include \"jar:http://localhost:1/a.jar!/more.conf\""
      })
  void include_byUrl_isRefused(String include) throws IOException {
    write("main.conf", include + "\n" + BLOCK.formatted(1));

    assertThatThrownBy(() -> manager("main.conf"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("main.conf")
        .hasMessageContaining("nothing by URL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"nowhere.conf\"",
        "include \"nowhere\"",
        "include file(\"/no/such/nowhere.conf\")",
        "include classpath(\"nowhere.conf\")"
      })
  void include_ofWhatIsMissing_isRefused(String include) throws IOException {
    write("main.conf", include + "\n" + BLOCK.formatted(1));

    assertThatThrownBy(() -> manager("main.conf"))
        .isInstanceOf(CacheException.class)
        .hasStackTraceContaining("nowhere");
  }

  @Test
  void include_insideAJar_isReadBesideTheFile() throws IOException {
    Path jar = folder.resolve("app.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      put(out, "conf/main.conf", "include \"more/a.conf\"\n");
      put(out, "conf/more/a.conf", "include \"../b.conf\"\n");
      put(out, "conf/b.conf", "include \"/c.conf\"\n");
      put(out, "c.conf", BLOCK.formatted(11));
      put(out, "conf/broken.conf", "include \"nowhere.conf\"\n" + BLOCK.formatted(1));
    }

    assertThat(maximum("jar:" + jar.toUri() + "!/conf/main.conf")).isEqualTo(11);
    assertThatThrownBy(() -> manager("jar:" + jar.toUri() + "!/conf/broken.conf"))
        .isInstanceOf(CacheException.class)
        .hasStackTraceContaining("nowhere");
  }

  private static void put(JarOutputStream out, String entry, String content) throws IOException {
    out.putNextEntry(new JarEntry(entry));
    out.write(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void file_withUnknownVariablesOutsideOurBlock_isRead() throws IOException {
    write("main.conf", "other { a = ${no.such} }\n" + BLOCK.formatted(12));

    assertThat(maximum("main.conf")).isEqualTo(12);
  }

  @Test
  void uri_thatIsAPathOfWindows_isRefusedWithAdvice() {
    assertThatThrownBy(() -> manager("C:/acme/theine.conf"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("file:/C:/acme/theine.conf");
  }

  @Test
  void include_ofItself_isRefused() throws IOException {
    write("main.conf", "include \"main.conf\"\n" + BLOCK.formatted(1));

    assertThatThrownBy(() -> manager("main.conf"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("main.conf");
  }

  // ---------------------------------------------------------------------------- without the
  // library

  @Test
  void library_absent_isNeededByFilesOnly() throws Exception {
    write("theine.conf", BLOCK.formatted(1));
    URL own = TheineCachingProvider.class.getProtectionDomain().getCodeSource().getLocation();
    URL api = CachingProvider.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader alone =
        new URLClassLoader(new URL[] {own, api}, ClassLoader.getPlatformClassLoader())) {
      AutoCloseable there =
          (AutoCloseable)
              alone.loadClass(TheineCachingProvider.class.getName()).getConstructor().newInstance();
      try (there) {
        assertThat(there.getClass().getClassLoader()).isSameAs(alone);
        var open = there.getClass().getMethod("getCacheManager", URI.class, ClassLoader.class);
        Object manager = open.invoke(there, URI.create("no-file"), alone);
        assertThat(manager).hasToString("TheineCacheManager[no-file]");
        assertThatThrownBy(() -> open.invoke(there, folder.resolve("theine.conf").toUri(), alone))
            .rootCause()
            .isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> open.invoke(there, folder.resolve("theine.conf").toUri(), alone))
            .cause()
            .hasMessageContaining("theine.conf")
            .hasMessageContaining("com.typesafe:config");
      }
    }
  }
}
