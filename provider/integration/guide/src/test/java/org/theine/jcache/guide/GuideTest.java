package org.theine.jcache.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.theine.jcache.TheineCachingProvider;
import org.theine.jcache.config.Setting;
import org.theine.jcache.guide.Page.Block;

/** Every sample of the guide compiles, every configuration loads, every link leads somewhere. */
final class GuideTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| (.*)");

  @TempDir Path folder;

  static Stream<Page> pages() {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void samples_ofThePage_compileAndPrintWhatThePageSays(Page page) throws Exception {
    try (Samples samples = Samples.of(page, folder)) {
      List<Block> blocks = page.blocks();
      for (int i = 0; i < blocks.size(); i++) {
        Block block = blocks.get(i);
        if (!block.info().equals("java") || !Samples.isRunnable(block)) {
          continue;
        }
        String printed = samples.run(block);
        Block next = i + 1 < blocks.size() ? blocks.get(i + 1) : block;
        assertThat(printed)
            .as("what %s prints", block)
            .isEqualTo(next.info().equals("text") ? next.content() : "");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void configurations_ofThePage_load(Page page) throws Exception {
    try (Samples samples = Samples.of(page, folder);
        TheineCachingProvider provider = new TheineCachingProvider()) {
      for (Block block : page.blocks()) {
        if (isOurs(block)) {
          Path file = folder.resolve(block.line() + ".conf");
          Files.writeString(file, block.content());
          CacheManager manager = provider.getCacheManager(file.toUri(), samples.loader());
          assertThat(manager.getCacheNames()).as("caches of %s", block).isNotNull();
        } else if (block.info().equals("properties")) {
          Properties properties = new Properties();
          properties.load(new StringReader(block.content()));
          provider.getCacheManager(
              URI.create("urn:guide:" + block.line()), samples.loader(), properties);
        }
      }
    }
  }

  private static boolean isOurs(Block block) {
    return block.info().equals("hocon")
        || (block.info().startsWith("hocon ") && block.info().endsWith(".conf"));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void links_ofThePage_leadToFiles(Page page) {
    Matcher links = LINK.matcher(String.join("\n", page.lines()));
    while (links.find()) {
      assertThat(page.file().resolveSibling(links.group(1))).as("link of %s", page).exists();
    }
  }

  @Test
  void pages_all_areNamedByTheirIndex() {
    List<String> names = Page.all().map(Page::name).toList();
    String index = String.join("\n", Page.of("README.md").lines());

    assertThat(names).contains("README.md", "configuration.md").hasSizeGreaterThan(5);
    assertThat(names)
        .filteredOn(name -> !name.equals("README.md"))
        .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
  }

  @Test
  void settings_ofTheirPage_areThoseOfTheCode() {
    List<String> shown = new ArrayList<>();
    for (String line : Page.of("configuration.md").lines()) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && line.split(" \\| ").length == 5) {
        shown.add(line.substring(0, line.lastIndexOf(" | ")));
      }
    }
    List<String> known = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      known.add(
          "| `%s` | %s | %s | %s"
              .formatted(
                  setting.key(),
                  setting.kind().rule(),
                  setting.without(),
                  setting.mayBeDefault() ? "everywhere" : "templates, caches"));
    }
    assertThat(shown).containsExactlyElementsOf(known);
  }
}
