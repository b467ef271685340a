package org.theine.jcache.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Fails the build unless a run of the TCK was whole, by what the run left behind: Surefire's XML
 * reports and the captured output of the tests. Immutable.
 *
 * <p>A green run is not enough. The TCK passes over what its exclude list names, over annotations
 * without a bean provider and over an unwrap without a name, and Surefire is content with whatever
 * number of tests its patterns find.
 */
final class TckGate {
  private static final Pattern EXCLUDED =
      Pattern.compile("EXCLUDING TEST '([^']*)'\\s+'([^']*)'|EXCLUDING TEST");

  private final Path reports;
  private final int tests;
  private final List<String> excluded;
  private final List<String> logged;
  private final List<String> properties;

  /**
   * Reads the expectation from {@code key=value} arguments: {@code reports} (a directory) and
   * {@code tests} (a number) once each; {@code excluded} (class#method), {@code logged} (part of a
   * line of output) and {@code property} (name=value in each fork) as often as needed.
   */
  TckGate(String... arguments) {
    reports = Path.of(single("reports", arguments));
    tests = Integer.parseInt(single("tests", arguments));
    excluded = all("excluded", arguments);
    logged = all("logged", arguments);
    properties = all("property", arguments);
    int known = 2 + excluded.size() + logged.size() + properties.size();
    if (known != arguments.length) {
      throw new IllegalArgumentException("unknown key among " + List.of(arguments));
    }
  }

  /** Checks one run. Throws when it was not whole; the failure of a build is the only other way. */
  public static void main(String... arguments) throws IOException {
    TckGate gate = new TckGate(arguments);
    List<String> complaints = gate.complaints();
    if (!complaints.isEmpty()) {
      throw new IllegalStateException(
          "TCK gate closed, " + gate.reports + ":\n  " + String.join("\n  ", complaints));
    }
    System.getLogger(TckGate.class.getName())
        .log(System.Logger.Level.INFO, "TCK gate passed, {0}: {1}", gate.reports, gate.summary());
  }

  private String summary() {
    return tests
        + " tests run, 0 failures, 0 errors, 0 skipped, excluded "
        + excluded
        + ", logged "
        + logged;
  }

  /** Everything that is not as expected, one sentence each; empty when the gate is open. */
  List<String> complaints() throws IOException {
    List<Path> suites = files("TEST-", ".xml");
    if (suites.isEmpty()) {
      return List.of("no report TEST-*.xml: the run did not take place");
    }
    List<String> complaints = new ArrayList<>();
    Totals totals = new Totals();
    for (Path suite : suites) {
      totals.add(suite, parse(suite), complaints);
    }
    totals.compare(complaints);
    compareOutput(output(), complaints);
    return complaints;
  }

  private void compareOutput(String output, List<String> complaints) {
    List<String> seen = new ArrayList<>();
    Matcher matcher = EXCLUDED.matcher(output);
    while (matcher.find()) {
      seen.add(matcher.group(1) + "#" + matcher.group(2));
    }
    if (!seen.equals(excluded)) {
      complaints.add("tests excluded must be " + excluded + ": " + seen);
    }
    for (String line : logged) {
      if (!output.contains(line)) {
        complaints.add("the output must contain '" + line + "'");
      }
    }
  }

  private String output() throws IOException {
    StringBuilder output = new StringBuilder();
    for (Path file : files("", "-output.txt")) {
      output.append(Files.readString(file)).append('\n');
    }
    return output.toString();
  }

  private List<Path> files(String prefix, String suffix) throws IOException {
    if (!Files.isDirectory(reports)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(reports)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .sorted()
          .toList();
    }
  }

  private static Element parse(Path file) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(file.toFile()).getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("no XML report: " + file, e);
    }
  }

  private static String single(String key, String... arguments) {
    List<String> values = all(key, arguments);
    if (values.size() != 1) {
      throw new IllegalArgumentException("needs exactly one " + key + "=: " + List.of(arguments));
    }
    return values.get(0);
  }

  private static List<String> all(String key, String... arguments) {
    return Stream.of(arguments)
        .map(argument -> Objects.requireNonNull(argument, "argument"))
        .filter(argument -> argument.startsWith(key + "="))
        .map(argument -> argument.substring(key.length() + 1))
        .toList();
  }

  /** The sums over all reports, each counted twice: by the suite's attribute and by its cases. */
  private final class Totals {
    private int run;
    private int cases;
    private int failures;
    private int errors;
    private int skipped;

    void add(Path file, Element suite, List<String> complaints) {
      run += number(suite, "tests");
      cases += suite.getElementsByTagName("testcase").getLength();
      failures += Math.max(number(suite, "failures"), count(suite, "failure"));
      errors += Math.max(number(suite, "errors"), count(suite, "error"));
      skipped += Math.max(number(suite, "skipped"), count(suite, "skipped"));
      for (String property : properties) {
        if (!has(suite, property)) {
          complaints.add("must have run with " + property + ": " + file.getFileName());
        }
      }
    }

    void compare(List<String> complaints) {
      if (run != tests || cases != tests) {
        complaints.add("tests run must be " + tests + ": " + run + ", test cases " + cases);
      }
      if (failures + errors + skipped != 0) {
        complaints.add(
            "must be 0: failures " + failures + ", errors " + errors + ", skipped " + skipped);
      }
    }

    private int count(Element suite, String name) {
      return suite.getElementsByTagName(name).getLength();
    }

    private int number(Element suite, String attribute) {
      return Integer.parseInt(suite.getAttribute(attribute));
    }

    private boolean has(Element suite, String property) {
      NodeList list = suite.getElementsByTagName("property");
      for (int i = 0; i < list.getLength(); i++) {
        Element element = (Element) list.item(i);
        if (property.equals(element.getAttribute("name") + "=" + element.getAttribute("value"))) {
          return true;
        }
      }
      return false;
    }
  }
}
