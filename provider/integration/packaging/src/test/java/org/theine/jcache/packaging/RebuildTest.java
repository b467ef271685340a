package org.theine.jcache.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds the jars once more, elsewhere; takes a minute. */
@Tag("full")
final class RebuildTest {
  private static final long WAIT_MINUTES = 20;

  @TempDir private Path folder;

  @Test
  void jars_builtInAnotherFolderAndTimeZone_areTheSame() throws Exception {
    Path project = Path.of("..", "..", "..").toRealPath();
    for (String name : List.of("pom.xml", "LICENSE", "NOTICE", "provider/pom.xml")) {
      copy(project, Path.of(name));
    }
    try (Stream<Path> sources = Files.walk(project.resolve("provider/src/main"))) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        copy(project, project.relativize(source));
      }
    }
    build();

    for (Path jar : List.of(Jars.provider(), Jars.provider("sources"), Jars.provider("javadoc"))) {
      Path again = folder.resolve("provider/target").resolve(jar.getFileName());
      assertThat(Files.readAllBytes(again)).as("%s", jar).isEqualTo(Files.readAllBytes(jar));
    }
  }

  private void copy(Path project, Path file) throws IOException {
    Path target = folder.resolve(file);
    Files.createDirectories(target.getParent());
    Files.copy(project.resolve(file), target);
  }

  private void build() throws Exception {
    ProcessBuilder maven =
        new ProcessBuilder(
            Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
            "-B",
            "-q",
            "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
            "-Dmaven.test.skip=true",
            "-f",
            folder.resolve("provider/pom.xml").toString(),
            "package");
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    maven.environment().put("TZ", "Asia/Kathmandu");
    maven.environment().put("LC_ALL", "C");
    Path log = folder.resolve("log");
    Process process = maven.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(WAIT_MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }
}
