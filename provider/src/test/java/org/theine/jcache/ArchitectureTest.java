package org.theine.jcache;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the compiled classes and fails on any arrow between packages that is not drawn below. */
final class ArchitectureTest {
  private static final String ROOT = "org.theine.jcache";
  private static final int MAXIMUM_LINES = 450;
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
  private static final Pattern MONITOR = Pattern.compile("\\bsynchronized\\b");

  /** What each package may use beside itself, {@code java.base} and the annotations for null. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          entry(
              ROOT,
              Set.of(
                  in("config"),
                  in("integration"),
                  in("event"),
                  in("management"),
                  in("store"),
                  in("timer"))),
          entry(in("config"), Set.of()),
          entry(in("cdi"), Set.of(ROOT)),
          entry(in("micrometer"), Set.of(ROOT)),
          entry(in("integration"), Set.of()),
          entry(in("event"), Set.of()),
          entry(in("management"), Set.of()),
          entry(in("spring"), Set.of(ROOT, in("config"), in("micrometer"))),
          entry(in("store"), Set.of(in("policy"), in("timer"))),
          entry(in("policy"), Set.of()),
          entry(in("timer"), Set.of()));

  private static final String[] BELOW_JCACHE = {in("store"), in("policy"), in("timer")};

  /** Read once, which takes seconds. */
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** Deadlines are unmoved by a wall clock that jumps, since nobody looks at it. */
  @Test
  void time_everywhere_isNotThatOfTheWallClock() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethodWhere(
            target(owner(resideInAPackage("java.time..")))
                .and(target(nameMatching("now|system.*"))))
        .orShould()
        .callConstructor(Date.class)
        .check(CLASSES);
  }

  @Test
  void packages_asCompiled_areThoseWithArrows() {
    Set<String> packages = new TreeSet<>();
    CLASSES.forEach(type -> packages.add(type.getPackageName()));

    assertThat(packages).isEqualTo(new TreeSet<>(ARROWS.keySet()));
  }

  @Test
  void packages_whateverTheyUse_followTheArrows() {
    ARROWS.forEach(
        (from, allowed) -> {
          Set<String> forbidden = new TreeSet<>(ARROWS.keySet());
          forbidden.removeAll(allowed);
          forbidden.remove(from);
          noClasses()
              .that()
              .resideInAPackage(from)
              .should()
              .dependOnClassesThat(resideInAnyPackage(forbidden.toArray(String[]::new)))
              .as("%s uses no package of ours but %s".formatted(from, allowed))
              .check(CLASSES);
        });
  }

  @Test
  void packages_asAGraph_haveNoCycle() {
    slices().matching("(org.theine.jcache..)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void storePolicyTimer_whateverTheyUse_knowJavaBaseOnly() {
    ArchRule rule =
        classes()
            .that()
            .resideInAnyPackage(BELOW_JCACHE)
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(BELOW_JCACHE)
                    .or(resideInAPackage("org.jspecify.annotations"))
                    .or(new InJavaBase()));

    rule.check(CLASSES);
  }

  /** Whoever has no Jakarta on the class path loads no class that needs it. */
  @Test
  void jakarta_wherever_isKnownToCdiAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("cdi"))
        .should()
        .dependOnClassesThat(resideInAPackage("jakarta.."))
        .check(CLASSES);
  }

  @Test
  void cdi_whateverItUses_isOfJCacheAndJakarta() {
    classes()
        .that()
        .resideInAPackage(in("cdi"))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    ROOT, in("cdi"), "javax.cache..", "jakarta..", "org.jspecify.annotations")
                .or(new InJavaBase()))
        .check(CLASSES);
  }

  @Test
  void storePolicyTimer_whateverTheyUse_knowNothingOfJCache() {
    noClasses()
        .that()
        .resideInAnyPackage(BELOW_JCACHE)
        .should()
        .dependOnClassesThat(resideInAPackage("javax.cache.."))
        .check(CLASSES);
  }

  @Test
  void policyAndTimer_theirTypes_haveNoTypeParameters() {
    classes()
        .that()
        .resideInAnyPackage(in("policy"), in("timer"))
        .should(new HaveNoTypeParameters())
        .check(CLASSES);
  }

  @Test
  void everyPackage_asCompiled_isNullMarked() {
    Set<String> marked = new TreeSet<>();
    for (String name : ARROWS.keySet()) {
      if (CLASSES.getPackage(name).isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
        marked.add(name);
      }
    }

    assertThat(marked).isEqualTo(new TreeSet<>(ARROWS.keySet()));
  }

  @Test
  void sources_theirLength_isAtMost450Lines() throws IOException {
    Map<String, Integer> lengths = new TreeMap<>();
    for (Path source : sources("main", "test", "jcstress")) {
      try (Stream<String> lines = Files.lines(source)) {
        lengths.put(source.toString(), (int) lines.count());
      }
    }

    assertThat(lengths.keySet())
        .anyMatch(file -> file.endsWith("TheineCachingProvider.java"))
        .anyMatch(file -> file.endsWith("ArchitectureTest.java"));
    assertThat(lengths).allSatisfy((file, lines) -> assertThat(lines).isBetween(1, MAXIMUM_LINES));
  }

  private static List<Path> sources(String... folders) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String folder : folders) {
      try (Stream<Path> files = Files.walk(Path.of("src", folder, "java"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  /**
   * A virtual thread that waits inside a monitor pins its carrier on older JDKs: user code, which
   * may wait, runs inside none. The classes named here hold theirs over nothing of the user's.
   */
  @Test
  void monitors_wherever_areOverNoUserCode() throws IOException {
    Set<String> withMonitor = new TreeSet<>();
    for (Path source : sources("main")) {
      String code = COMMENT.matcher(Files.readString(source)).replaceAll("");
      if (MONITOR.matcher(code).find()) {
        withMonitor.add(source.getFileName().toString());
      }
    }

    assertThat(withMonitor).containsExactly("CacheStatistics.java", "MBeans.java");
  }

  private static String in(String name) {
    return ROOT + "." + name;
  }

  /**
   * True for the classes of the JDK's module {@code java.base}, primitive types and their arrays.
   */
  private static final class InJavaBase extends DescribedPredicate<JavaClass> {
    InJavaBase() {
      super("are in java.base");
    }

    @Override
    public boolean test(JavaClass type) {
      JavaClass element = type.getBaseComponentType();
      return element.isPrimitive()
          || element.reflect().getModule().equals(Object.class.getModule());
    }
  }

  /** A slot and a hash are all that policy and timer see, so nothing there is generic. */
  private static final class HaveNoTypeParameters extends ArchCondition<JavaClass> {
    HaveNoTypeParameters() {
      super("have no type parameters");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      boolean satisfied = type.getTypeParameters().isEmpty();
      events.add(new SimpleConditionEvent(type, satisfied, type.getFullName() + " is generic"));
    }
  }
}
