package org.theine.jcache.tck;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Tests the gate with broken reports: every way in which a run can be less than whole. */
public final class TckGateTest {
  private static final String DUMMY = "INFO: ===== EXCLUDING TEST 'CachingTest'\t'dummyTest'.\n";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path reports;

  @Before
  public void wholeRun() throws IOException {
    reports = folder.getRoot().toPath();
    report("TEST-a.xml", 2, 0, 0, 0, "<testcase name='a1'/><testcase name='a2'/>");
    report("TEST-b.xml", 1, 0, 0, 0, "<testcase name='b1'/>");
    Files.writeString(reports.resolve("a-output.txt"), "Mar 1\n" + DUMMY + "a bean was given\n");
  }

  @Test
  public void gate_wholeRun_isOpen() {
    assertThatCode(() -> TckGate.main(arguments("3"))).doesNotThrowAnyException();
  }

  @Test
  public void gate_noDirectory_isClosed() {
    reports = reports.resolve("absent");
    assertClosed("the run did not take place");
  }

  @Test
  public void gate_noReport_isClosed() throws IOException {
    Files.delete(reports.resolve("TEST-a.xml"));
    Files.delete(reports.resolve("TEST-b.xml"));
    assertClosed("the run did not take place");
  }

  @Test
  public void gate_oneReportMissing_isClosed() throws IOException {
    Files.delete(reports.resolve("TEST-b.xml"));
    assertClosed("tests run must be 3: 2, test cases 2");
  }

  @Test
  public void gate_oneTestTooMany_isClosed() throws IOException {
    report("TEST-c.xml", 1, 0, 0, 0, "<testcase name='c1'/>");
    assertClosed("tests run must be 3: 4, test cases 4");
  }

  @Test
  public void gate_fewerCasesThanTheSuiteSays_isClosed() throws IOException {
    report("TEST-b.xml", 1, 0, 0, 0, "");
    assertClosed("tests run must be 3: 3, test cases 2");
  }

  @Test
  public void gate_failure_isClosed() throws IOException {
    report("TEST-b.xml", 1, 1, 0, 0, "<testcase name='b1'><failure/></testcase>");
    assertClosed("failures 1, errors 0, skipped 0");
  }

  @Test
  public void gate_error_isClosed() throws IOException {
    report("TEST-b.xml", 1, 0, 1, 0, "<testcase name='b1'><error/></testcase>");
    assertClosed("failures 0, errors 1, skipped 0");
  }

  @Test
  public void gate_skipped_isClosed() throws IOException {
    report("TEST-b.xml", 1, 0, 0, 1, "<testcase name='b1'><skipped/></testcase>");
    assertClosed("failures 0, errors 0, skipped 1");
  }

  @Test
  public void gate_failureOnlyInTheCase_isClosed() throws IOException {
    report("TEST-b.xml", 1, 0, 0, 0, "<testcase name='b1'><failure/></testcase>");
    assertClosed("failures 1, errors 0, skipped 0");
  }

  @Test
  public void gate_secondExclusion_isClosed() throws IOException {
    Files.writeString(
        reports.resolve("b-output.txt"), "===== EXCLUDING TEST 'CacheTest'\t'hardTest'.\n");
    assertClosed("[CachingTest#dummyTest, CacheTest#hardTest]");
  }

  @Test
  public void gate_sameExclusionTwice_isClosed() throws IOException {
    Files.writeString(reports.resolve("b-output.txt"), DUMMY);
    assertClosed("[CachingTest#dummyTest, CachingTest#dummyTest]");
  }

  @Test
  public void gate_otherExclusion_isClosed() throws IOException {
    Files.writeString(
        reports.resolve("a-output.txt"),
        "===== EXCLUDING TEST 'CacheTest'\t'hardTest'.\na bean was given\n");
    assertClosed("tests excluded must be [CachingTest#dummyTest]: [CacheTest#hardTest]");
  }

  @Test
  public void gate_exclusionInUnknownWords_isClosed() throws IOException {
    Files.writeString(reports.resolve("b-output.txt"), "EXCLUDING TEST hardTest\n");
    assertClosed("[CachingTest#dummyTest, null#null]");
  }

  @Test
  public void gate_noOutput_isClosed() throws IOException {
    Files.delete(reports.resolve("a-output.txt"));
    assertClosed("tests excluded must be [CachingTest#dummyTest]: []");
  }

  @Test
  public void gate_expectedLineNotLogged_isClosed() throws IOException {
    Files.writeString(reports.resolve("a-output.txt"), DUMMY);
    assertClosed("the output must contain 'a bean was given'");
  }

  @Test
  public void gate_otherProperty_isClosed() {
    assertThatThrownBy(() -> TckGate.main(arguments("3", "property=maximum=11")))
        .hasMessageContaining("must have run with maximum=11: TEST-a.xml")
        .hasMessageContaining("must have run with maximum=11: TEST-b.xml");
  }

  @Test
  public void gate_brokenReport_isClosed() throws IOException {
    Files.writeString(reports.resolve("TEST-b.xml"), "<testsuite tests='1'");
    assertThatThrownBy(() -> TckGate.main(arguments("3")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("TEST-b.xml");
  }

  @Test
  public void gate_reportWithoutFigures_isClosed() throws IOException {
    Files.writeString(reports.resolve("TEST-b.xml"), "<testsuite><testcase/></testsuite>");
    assertThatThrownBy(() -> TckGate.main(arguments("3")))
        .isInstanceOf(NumberFormatException.class);
  }

  @Test
  public void arguments_misspelt_areRefused() {
    assertThatThrownBy(() -> TckGate.main(arguments("3", "exclude=everything")))
        .hasMessageContaining("unknown key");
    assertThatThrownBy(() -> TckGate.main("tests=3")).hasMessageContaining("exactly one reports=");
  }

  private void assertClosed(String complaint) {
    assertThatThrownBy(() -> TckGate.main(arguments("3")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TCK gate closed")
        .hasMessageContaining(complaint);
  }

  private String[] arguments(String tests, String... more) {
    String[] arguments = new String[5 + more.length];
    arguments[0] = "reports=" + reports;
    arguments[1] = "tests=" + tests;
    arguments[2] = "excluded=CachingTest#dummyTest";
    arguments[3] = "logged=a bean was given";
    arguments[4] = "property=maximum=10";
    System.arraycopy(more, 0, arguments, 5, more.length);
    return arguments;
  }

  private void report(String file, int tests, int failures, int errors, int skipped, String cases)
      throws IOException {
    String figures =
        "tests='%d' failures='%d' errors='%d' skipped='%d'"
            .formatted(tests, failures, errors, skipped);
    Files.writeString(
        reports.resolve(file),
        ("<?xml version='1.0' encoding='UTF-8'?><testsuite %s><properties>"
                + "<property name='maximum' value='10'/></properties>%s</testsuite>")
            .formatted(figures, cases));
  }
}
