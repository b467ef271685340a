package org.theine.jcache.weld;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.theine.jcache.weld.app.CdiApplication;
import org.theine.jcache.weld.app.PlainApplication;

/** Applications that find all by themselves on their class path, or have nothing of CDI on it. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
final class DiscoveryTest {
  private static final String IMPLICIT = "jakarta.enterprise.inject.scan.implicit";
  private static final String ANSWERS = "1 1 10 2 3, interceptors 1111";

  /** All libraries of the test would have to be scanned where each is an archive of beans. */
  private static final Pattern NEEDED = Pattern.compile("cache-api|config|jakarta|jboss|weld");

  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(IMPLICIT);
  }

  @ParameterizedTest
  @CsvSource({
    "annotated, ",
    "all, ",
    "annotated, annotated",
    "all, all",
    "annotated, all",
    "all, none"
  })
  void beans_foundInAnyMode_areInterceptedOnce(
      String modeOfApplication, @Nullable String modeOfProvider) throws Exception {
    assertThat(runCdi(modeOfApplication, modeOfProvider)).isEqualTo(ANSWERS);
  }

  @Test
  void beans_inArchivesWithoutBeansXml_areInterceptedOnce() throws Exception {
    System.setProperty(IMPLICIT, "true");

    assertThat(runCdi(null, null)).isEqualTo(ANSWERS);
  }

  @Test
  void provider_withoutCdi_loadsNothingOfIt() throws Exception {
    Set<String> loaded = ConcurrentHashMap.newKeySet();

    String answer =
        new ClassPath()
            .libraries(name -> name.startsWith("cache-api") || name.startsWith("config"))
            .provider(folder, null)
            .application(folder.resolve("application"), null)
            .run(PlainApplication.class, loaded);

    assertThat(answer).isEqualTo("b");
    assertThat(loaded)
        .contains("org.theine.jcache.TheineCache")
        .noneMatch(name -> name.startsWith("org.theine.jcache.cdi"));
  }

  private String runCdi(@Nullable String modeOfApplication, @Nullable String modeOfProvider)
      throws Exception {
    return new ClassPath()
        .libraries(name -> NEEDED.matcher(name).lookingAt())
        .provider(folder.resolve("provider"), xml(modeOfProvider))
        .application(folder.resolve("application"), xml(modeOfApplication))
        .run(CdiApplication.class);
  }

  private static @Nullable String xml(@Nullable String mode) {
    return mode == null ? null : ClassPath.beansXml(mode);
  }
}
