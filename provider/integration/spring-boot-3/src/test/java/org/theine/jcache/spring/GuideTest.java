package org.theine.jcache.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.DefaultResourceLoader;
import org.theine.jcache.TheineConfiguration;

/** The properties that the guide shows start an application with the caches that they name. */
final class GuideTest {
  private static final Path PAGES = Path.of("..", "..", "docs");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+) (\\S+)\n(.*?)^```$");
  private static final Pattern SETTING =
      Pattern.compile("theine\\.jcache\\.caches(?:\\[(.+)]|\\.\"?(.+?)\"?)\\.([a-z-]+)");
  private static final String NAMES = "spring.cache.cache-names";
  private static final String FILE = "spring.cache.jcache.config";
  private static final String MAXIMUM = "maximum";

  @TempDir Path folder;

  /**
   * What stands between two fences.
   *
   * @param page the name of the page
   * @param language how it is written
   * @param label what follows the language: a file's name, or that it is for Spring
   * @param content the lines
   */
  record Block(String page, String language, String label, String content) {
    @Override
    public String toString() {
      return page + ": " + content.lines().toList();
    }
  }

  private static List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    try (Stream<Path> pages = Files.list(PAGES)) {
      for (Path page : pages.filter(each -> each.toString().endsWith(".md")).sorted().toList()) {
        Matcher matcher = BLOCK.matcher(Files.readString(page));
        while (matcher.find()) {
          String name = page.getFileName().toString();
          blocks.add(new Block(name, matcher.group(1), matcher.group(2), matcher.group(3)));
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return blocks;
  }

  static List<Block> ofSpring() {
    return blocks().stream().filter(block -> block.label.equals("spring")).toList();
  }

  @Test
  void blocks_ofSpring_areOfBothLanguages() {
    assertThat(ofSpring()).extracting(Block::language).contains("properties", "yaml");
  }

  @ParameterizedTest
  @MethodSource("ofSpring")
  void block_asAFileOfAnApplication_startsItWithTheCachesThatItNames(Block block)
      throws IOException {
    for (Block file : blocks()) {
      if (file.label.contains(".")) {
        Files.writeString(folder.resolve(file.label), file.content);
      }
    }
    String ofApplication = "application." + block.language;
    Files.writeString(folder.resolve(ofApplication), block.content);
    Map<String, Map<String, String>> caches = said(block);
    assertThat(caches).isNotEmpty();

    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
        ConfigurableApplicationContext application =
            Applications.builder(Applications.Caching.class)
                .resourceLoader(new DefaultResourceLoader(loader))
                .run(
                    Applications.arguments("spring.config.location=classpath:/" + ofApplication))) {
      assertThat(Applications.manager(application).getCacheNames())
          .containsExactlyInAnyOrderElementsOf(caches.keySet());
      caches.forEach(
          (name, settings) ->
              settings.forEach(
                  (setting, value) ->
                      assertThat(inForce(application, name, setting))
                          .as("%s of %s", setting, name)
                          .isEqualTo(meaning(setting, value))));
    }
  }

  private static Object inForce(
      ConfigurableApplicationContext application, String cacheName, String setting) {
    TheineConfiguration<Object, Object> configuration =
        Applications.configuration(application, cacheName);
    return switch (setting) {
      case MAXIMUM -> configuration.getMaximumSize();
      case "store-by-value" -> configuration.isStoreByValue();
      case "ttl" -> {
        ExpiryPolicy policy = configuration.getExpiryPolicyFactory().create();
        yield policy.getExpiryForCreation().getAdjustedTime(0);
      }
      default -> throw new AssertionError("this test must learn to check " + setting);
    };
  }

  private static Object meaning(String setting, String value) {
    return switch (setting) {
      case MAXIMUM -> Long.valueOf(value);
      case "ttl" -> DurationStyle.SIMPLE.parse(value).toMillis();
      default -> value.equals("on") || value.equals("true");
    };
  }

  /** Returns what the block and the file that it names say of each cache; the block comes first. */
  private Map<String, Map<String, String>> said(Block block) throws IOException {
    Map<String, String> properties = properties(block);
    Map<String, String> all = new TreeMap<>();
    String file = properties.get(FILE);
    if (file != null) {
      Path path = folder.resolve(file.substring("classpath:".length()));
      ConfigFactory.parseFile(path.toFile())
          .entrySet()
          .forEach(entry -> all.put(entry.getKey(), entry.getValue().unwrapped().toString()));
    }
    all.putAll(properties);
    Map<String, Map<String, String>> caches = new TreeMap<>();
    if (properties.containsKey(NAMES)) {
      for (String name : properties.get(NAMES).split(" *, *")) {
        caches.put(name, withDefault(new TreeMap<>(), all));
      }
    }
    all.forEach((key, value) -> addTo(caches, key, value, all));
    return caches;
  }

  private static void addTo(
      Map<String, Map<String, String>> caches, String key, String value, Map<String, String> all) {
    Matcher setting = SETTING.matcher(key);
    if (setting.matches()) {
      String name = setting.group(1) == null ? setting.group(2) : setting.group(1);
      caches
          .computeIfAbsent(name, absent -> withDefault(new TreeMap<>(), all))
          .put(setting.group(3), value);
    }
  }

  private static Map<String, String> withDefault(
      Map<String, String> settings, Map<String, String> all) {
    String maximum = all.get("theine.jcache.defaults.maximum");
    if (maximum != null) {
      settings.put(MAXIMUM, maximum);
    }
    return settings;
  }

  private static Map<String, String> properties(Block block) throws IOException {
    var loader =
        block.language.equals("yaml")
            ? new YamlPropertySourceLoader()
            : new PropertiesPropertySourceLoader();
    Map<String, String> properties = new TreeMap<>();
    for (PropertySource<?> source :
        loader.load(block.page, new ByteArrayResource(block.content.getBytes(UTF_8)))) {
      for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
        properties.put(name, String.valueOf(source.getProperty(name)));
      }
    }
    return properties;
  }
}
