package org.theine.jcache.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What is in the jars that are published. */
final class JarTest {
  private static final String PACKAGE = "org/theine/jcache/";

  /** Javadoc has a folder for the module. */
  private static final String PAGES = "org.theine.jcache/" + PACKAGE;

  private final Map<String, byte[]> files = Jars.files(Jars.provider());

  @Test
  void jar_itsFiles_areOursAlone() {
    assertThat(files.keySet())
        .allMatch(name -> name.startsWith(PACKAGE) || name.startsWith("META-INF/"))
        .noneMatch(name -> name.startsWith("META-INF/versions/"))
        .contains(PACKAGE + "TheineCachingProvider.class");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LICENSE", "NOTICE"})
  void legalFile_inTheJar_isThatOfTheProject(String name) throws Exception {
    assertThat(files.get("META-INF/" + name))
        .isEqualTo(Files.readAllBytes(Path.of("..", "..", "..", name)));
  }

  @Test
  void servicesFiles_whatTheyName_isInTheJar() {
    assertThat(Jars.text(files.get("META-INF/services/javax.cache.spi.CachingProvider")).strip())
        .isEqualTo("org.theine.jcache.TheineCachingProvider");
    files.forEach(
        (name, content) -> {
          if (name.startsWith("META-INF/services/")) {
            for (String line : Jars.text(content).split("\n")) {
              assertThat(files).containsKey(line.strip().replace('.', '/') + ".class");
            }
          }
        });
  }

  @Test
  void manifest_itsAttributes_nameTheJarForAll() throws Exception {
    try (JarFile jar = new JarFile(Jars.provider().toFile())) {
      Attributes attributes = jar.getManifest().getMainAttributes();

      assertThat(attributes.getValue("Automatic-Module-Name")).isEqualTo("org.theine.jcache");
      assertThat(attributes.getValue("Implementation-Title")).isEqualTo("theine-jcache");
      assertThat(Jars.provider().getFileName().toString())
          .isEqualTo("theine-jcache-" + attributes.getValue("Implementation-Version") + ".jar");
      assertThat(attributes.getValue("Bundle-SymbolicName")).isEqualTo("org.theine.jcache");
      assertThat(attributes.getValue("Bundle-Version")).matches("\\d+\\.\\d+\\.\\d+(\\.SNAPSHOT)?");
      assertThat(attributes.getValue("Bundle-License")).startsWith("Apache-2.0");
      assertThat(attributes.getValue("Import-Package").replaceAll("\"[^\"]*\"", "").split(","))
          .allMatch(
              part ->
                  part.startsWith("javax.cache")
                      || part.startsWith("javax.management")
                      || part.endsWith(";resolution:=optional"));
    }
  }

  @Test
  void pom_inTheJar_bringsNothingButTheApiAndTheConfigurationReader() throws Exception {
    String path = "META-INF/maven/org.theine/theine-jcache/pom.xml";
    NodeList dependencies =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(files.get(path)))
            .getElementsByTagName("dependency");
    Set<String> brought = new TreeSet<>();
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      boolean ofTheProject =
          dependency.getParentNode().getParentNode().getNodeName().equals("project");
      if (ofTheProject && !Set.of("test", "provided").contains(text(dependency, "scope"))) {
        brought.add(text(dependency, "groupId") + ":" + text(dependency, "artifactId"));
      }
    }

    assertThat(brought)
        .contains("javax.cache:cache-api")
        .isSubsetOf("javax.cache:cache-api", "com.typesafe:config");
  }

  private static String text(Element dependency, String name) {
    Node child = dependency.getElementsByTagName(name).item(0);
    return child == null ? "" : child.getTextContent();
  }

  @Test
  void sourcesJar_itsFiles_areTheSourcesOfAllClasses() {
    Map<String, byte[]> sources = Jars.files(Jars.provider("sources"));

    for (String name : files.keySet()) {
      if (name.endsWith(".class") && !name.contains("$")) {
        assertThat(sources).containsKey(name.replace(".class", ".java"));
      }
    }
    assertThat(sources).containsKeys("META-INF/LICENSE", "META-INF/NOTICE");
  }

  @Test
  void javadocJar_itsPages_describeTheApi() {
    Map<String, byte[]> pages = Jars.files(Jars.provider("javadoc"));

    assertThat(pages.keySet())
        .contains(
            "index.html",
            PAGES + "package-summary.html",
            PAGES + "TheineCachingProvider.html",
            PAGES + "TheineConfiguration.html");
  }

  @Test
  void jars_theirEntries_haveOneTimeAndNothingOfTheMachine() throws Exception {
    for (Path jar : Set.of(Jars.provider(), Jars.provider("sources"), Jars.provider("javadoc"))) {
      try (JarFile file = new JarFile(jar.toFile())) {
        assertThat(file.stream().map(ZipEntry::getTimeLocal).distinct()).as("%s", jar).hasSize(1);
        assertThat(file.stream().map(ZipEntry::getName)).doesNotHaveDuplicates();
      }
      Path project = Path.of("..", "..", "..").toRealPath();
      Jars.files(jar)
          .forEach(
              (name, content) ->
                  assertThat(
                          new String(content, StandardCharsets.ISO_8859_1)
                              .contains(project.toString()))
                      .as("%s names the folder of the build", name)
                      .isFalse());
    }
    assertThat(Jars.text(files.get("META-INF/MANIFEST.MF")))
        .doesNotContain("Built-By", "Bnd-LastModified", "Tool:", "Build-Jdk:");
  }
}
