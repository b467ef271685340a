package org.theine.jcache.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EventObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.theine.jcache.TheineConfiguration;

/**
 * Compares the metadata for native images with the compiled classes: what it names exists, and
 * whatever the classes reach by name is named. No image is built.
 */
final class NativeImageMetadataTest {
  private static final String FILE =
      "/META-INF/native-image/org.theine/theine-jcache/reachability-metadata.json";
  private static final String ROOT = "org.theine.jcache.";

  /** Methods of the JDK that reach classes, members or resources by name. */
  private static final Pattern BY_NAME =
      Pattern.compile(
          "java\\.lang\\.Class\\.(forName|newInstance|getDeclared\\w+|getMethods?|getFields?"
              + "|getConstructors?|getResource\\w*)"
              + "|java\\.lang\\.ClassLoader\\.(loadClass|get\\w*Resource\\w*)"
              + "|java\\.lang\\.reflect\\.(Constructor\\.newInstance|Method\\.invoke"
              + "|Proxy\\.\\w+|Field\\.\\w+|Array\\.newInstance)"
              + "|java\\.lang\\.invoke\\.MethodHandles\\$Lookup\\.(find|unreflect)\\w+"
              + "|java\\.util\\.ServiceLoader\\.load\\w*"
              + "|java\\.util\\.ResourceBundle\\.getBundle"
              + "|javax\\.management\\.MBeanServer\\.registerMBean");

  /** {@code findVarHandle(Owner.class, "field", ...)} as javap shows it. */
  private static final Pattern FIELD_BY_NAME =
      Pattern.compile(
          "// class (\\S+)\\n[^\\n]*// String (\\w+)\\n[^\\n]*\\n"
              + "[^\\n]*MethodHandles\\$Lookup\\.findVarHandle");

  /** What a class may reach by name, and why the metadata says all that has to be said of it. */
  private static final Map<String, Set<String>> PLACES =
      Map.ofEntries(
          // names from files, of classes that the user registers
          Map.entry(
              "ClassFactory", Set.of("Class.getDeclaredConstructor", "Constructor.newInstance")),
          Map.entry("UserClasses", Set.of("Class.forName", "Class.getDeclaredConstructors")),
          // theine-jcache.conf; files of other names the user registers
          Map.entry("config.ConfigurationSource", Set.of("ClassLoader.getResource")),
          // names of the user's classes, which he registers as serializable
          Map.entry(
              "integration.SerializedClasses",
              Set.of("Class.forName", "Class.getDeclaredMethod", "Proxy.newProxyInstance")),
          // the two beans
          Map.entry("management.MBeans", Set.of("MBeanServer.registerMBean")),
          // portable extensions run in containers that define classes, which native images do not
          Map.entry("cdi.MethodReader", Set.of("Class.getDeclaredMethod")),
          Map.entry("cdi.ParameterKey", Set.of("Array.newInstance")),
          Map.entry(
              "cdi.PlugIns", Set.of("Class.getDeclaredConstructor", "Constructor.newInstance")),
          // fields, compared one by one below
          Map.entry("store.Entry", Set.of("MethodHandles$Lookup.findVarHandle")),
          Map.entry("store.ExpiringEntry", Set.of("MethodHandles$Lookup.findVarHandle")),
          Map.entry("store.Load", Set.of("MethodHandles$Lookup.findVarHandle")),
          Map.entry("store.Owners$Place", Set.of("MethodHandles$Lookup.findVarHandle")),
          Map.entry("timer.Clock", Set.of("MethodHandles$Lookup.findVarHandle")));

  /** Serializable since configurations are, which their owner writes and no cache does. */
  private static final Set<String> OF_CONFIGURATIONS =
      Set.of("TheineConfiguration", "ClassFactory", "FixedExpiryPolicy");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.theine.jcache");

  private final Map<String, Object> metadata = Json.object(content(FILE));

  @Test
  void placesThatReachByName_inTheClasses_areKnown() {
    Map<String, Set<String>> found = new LinkedHashMap<>();
    for (JavaClass type : CLASSES) {
      for (JavaAccess<?> access : type.getAccessesFromSelf()) {
        String owner = access.getTargetOwner().getName();
        if (BY_NAME.matcher(owner + "." + access.getName()).matches()) {
          found
              .computeIfAbsent(type.getName().substring(ROOT.length()), place -> new TreeSet<>())
              .add(owner.substring(owner.lastIndexOf('.') + 1) + "." + access.getName());
        }
      }
    }

    assertThat(found).isEqualTo(PLACES);
  }

  @Test
  void everythingNamed_inTheMetadata_exists() throws Exception {
    for (Map<String, Object> entry : reflection()) {
      Class<?> type = Class.forName(name(entry));
      for (Map<String, Object> field : list(entry, "fields")) {
        assertThat(type.getDeclaredField((String) field.get("name"))).isNotNull();
      }
      for (Map<String, Object> method : list(entry, "methods")) {
        assertThat(method)
            .containsEntry("name", "<init>")
            .containsEntry("parameterTypes", List.of());
        assertThat(type.getDeclaredConstructor()).isNotNull();
      }
      if (entry.get("condition") instanceof Map<?, ?> condition) {
        assertThat(Class.forName((String) condition.get("typeReached"))).isNotNull();
      }
    }
    assertThat(reflection()).extracting(NativeImageMetadataTest::name).doesNotHaveDuplicates();
  }

  @Test
  void keys_inTheMetadata_areThoseOfTheSchema() {
    assertThat(metadata).containsOnlyKeys("comment", "reflection", "resources");
    assertThat(reflection())
        .allSatisfy(
            entry ->
                assertThat(entry.keySet())
                    .contains("type", "reason")
                    .isSubsetOf(
                        "type",
                        "reason",
                        "condition",
                        "fields",
                        "methods",
                        "allPublicMethods",
                        "allPublicConstructors",
                        "serializable"));
    assertThat(list(metadata, "resources"))
        .allSatisfy(entry -> assertThat(entry.keySet()).isSubsetOf("reason", "condition", "glob"));
  }

  @Test
  void fieldsOfVarHandles_inTheClasses_areThoseOfTheMetadata() throws Exception {
    Set<String> looked = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (!callsFindVarHandle(type)) {
        continue;
      }
      Matcher found = FIELD_BY_NAME.matcher(disassembled(type));
      while (found.find()) {
        looked.add(found.group(1).replace('/', '.') + "#" + found.group(2));
      }
    }
    Set<String> named = new TreeSet<>();
    for (Map<String, Object> entry : reflection()) {
      list(entry, "fields").forEach(field -> named.add(name(entry) + "#" + field.get("name")));
    }

    assertThat(looked).contains("org.theine.jcache.store.Entry#word").isEqualTo(named);
  }

  @Test
  void beans_inTheClasses_areInTheMetadataWithTheirInterfaces() {
    Set<String> beans = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      for (JavaClass implemented : type.getAllRawInterfaces()) {
        if (implemented.getSimpleName().endsWith("MXBean")) {
          beans.add(implemented.getName());
          beans.add(type.getName());
        }
      }
    }

    assertThat(beans).isNotEmpty().isEqualTo(namesWith("allPublicMethods"));
  }

  /** Enums, failures and locks, which no cache writes either, are not counted. */
  @Test
  void serializableClasses_thatACacheWrites_areInTheMetadata() {
    Set<String> written = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (type.isAssignableTo(Serializable.class)
          && !type.isInterface()
          && !type.isEnum()
          && !type.isAssignableTo(Throwable.class)
          && !type.isAssignableTo(EventObject.class)
          && !type.isAssignableTo(Lock.class)
          && !type.getPackageName().endsWith(".cdi") // not in native images, see above
          && !OF_CONFIGURATIONS.contains(type.getSimpleName())) {
        written.add(type.getName());
      }
    }

    assertThat(written).isEqualTo(namesWith("serializable"));
  }

  @Test
  void providers_ofTheServicesFile_haveTheirConstructorInTheMetadata() {
    String services = "META-INF/services/javax.cache.spi.CachingProvider";

    assertThat(reflection())
        .anySatisfy(
            entry -> {
              assertThat(entry).containsEntry("type", content("/" + services).strip());
              assertThat(list(entry, "methods")).hasSize(1);
            });
    assertThat(list(metadata, "resources"))
        .anySatisfy(one -> assertThat(one).containsValue(services));
  }

  private static boolean callsFindVarHandle(JavaClass type) {
    return type.getMethodCallsFromSelf().stream()
        .anyMatch(call -> call.getName().equals("findVarHandle"));
  }

  private Set<String> namesWith(String key) {
    Set<String> names = new TreeSet<>();
    for (Map<String, Object> entry : reflection()) {
      if (Boolean.TRUE.equals(entry.get(key))) {
        names.add(name(entry));
      }
    }
    return names;
  }

  private List<Map<String, Object>> reflection() {
    return list(metadata, "reflection");
  }

  private static String name(Map<String, Object> entry) {
    return (String) entry.get("type");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> object, String key) {
    return (List<Map<String, Object>>) object.getOrDefault(key, Collections.emptyList());
  }

  private static String disassembled(JavaClass type) throws Exception {
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    StringWriter out = new StringWriter();
    URL file = type.getSource().orElseThrow().getUri().toURL();
    int result =
        javap.run(
            new PrintWriter(out),
            new PrintWriter(out),
            "-c",
            "-p",
            Path.of(file.toURI()).toString());
    assertThat(result).as(() -> out.toString()).isZero();
    return out.toString().replace(System.lineSeparator(), "\n");
  }

  private static String content(String resource) {
    try (InputStream in = TheineConfiguration.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
