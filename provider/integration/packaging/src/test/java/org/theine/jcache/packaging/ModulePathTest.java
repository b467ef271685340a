package org.theine.jcache.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A named module of a user, compiled and run with a module path and no class path. */
final class ModulePathTest {
  private static final long WAIT_SECONDS = 300;

  private static final String MODULE =
      """
      module user {
        requires java.management;
        requires cache.api;
        requires org.theine.jcache;
      }
      """;

  private static final String MAIN =
      """
      package user;

      import java.lang.management.ManagementFactory;
      import java.util.ArrayList;
      import java.util.List;
      import javax.cache.Cache;
      import javax.cache.CacheManager;
      import javax.cache.Caching;
      import javax.management.ObjectName;
      import org.theine.jcache.TheineConfiguration;

      class Main {
        record Box(String name, ArrayList<Integer> numbers) implements java.io.Serializable {}

        public static void main(String[] arguments) throws Exception {
          CacheManager manager = Caching.getCachingProvider().getCacheManager();
          Cache<String, Box> boxes =
              manager.createCache(
                  "boxes",
                  new TheineConfiguration<String, Box>()
                      .setTypes(String.class, Box.class)
                      .setMaximumSize(100)
                      .setStatisticsEnabled(true)
                      .setManagementEnabled(true));
          Box box = new Box("a", new ArrayList<>(List.of(1000)));
          boxes.put("a", box);
          box.numbers().add(2000);
          System.out.println("read " + boxes.get("a"));
          System.out.println(
              "beans "
                  + ManagementFactory.getPlatformMBeanServer()
                      .queryNames(new ObjectName("javax.cache:*"), null)
                      .size());
          System.out.println("module " + manager.getClass().getModule().getName());
          System.out.println("logging " + ModuleLayer.boot().findModule("java.logging").isPresent());
          manager.close();
        }
      }
      """;

  @TempDir private Path folder;

  private Path classes;

  @BeforeEach
  void compile() throws Exception {
    Path sources = Files.createDirectories(folder.resolve("sources/user"));
    Path module = Files.writeString(folder.resolve("sources/module-info.java"), MODULE);
    Path main = Files.writeString(sources.resolve("Main.java"), MAIN);
    classes = Files.createDirectories(folder.resolve("classes"));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--module-path",
                Jars.api() + File.pathSeparator + Jars.provider(),
                "-d",
                classes.toString(),
                module.toString(),
                main.toString());
    assertThat(result).isZero();
  }

  @Test
  void jar_asAModule_hasANameAndProvidesTheProvider() {
    ModuleDescriptor module =
        ModuleFinder.of(Jars.provider()).find("org.theine.jcache").orElseThrow().descriptor();

    assertThat(module.isAutomatic()).isTrue();
    assertThat(module.provides())
        .anySatisfy(
            provides -> {
              assertThat(provides.service()).isEqualTo("javax.cache.spi.CachingProvider");
              assertThat(provides.providers())
                  .containsExactly("org.theine.jcache.TheineCachingProvider");
            });
  }

  @Test
  void modulePath_withoutAClassPath_findsTheProvider() throws Exception {
    assertThat(run())
        .contains("read Box[name=a, numbers=[1000]]", "beans 2", "module org.theine.jcache");
  }

  @Test
  void modulesOfTheJdk_baseAndManagement_suffice() throws Exception {
    assertThat(run("--limit-modules", "java.base,java.management,cache.api,org.theine.jcache,user"))
        .contains("read Box[name=a, numbers=[1000]]", "beans 2", "logging false");
  }

  private List<String> run(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("--module-path");
    command.add(
        Stream.of(Jars.api(), Jars.provider(), classes)
            .map(Path::toString)
            .reduce((one, other) -> one + File.pathSeparator + other)
            .orElseThrow());
    command.addAll(List.of("--module", "user/user.Main"));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return Files.readAllLines(output);
  }
}
