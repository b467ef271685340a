package org.theine.jcache.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts virtual machines that run a class of ours. Stateless. */
public final class ChildJvm {
  /** Begins a line with a figure; libraries print lines of their own. */
  private static final String FIGURE = "figure ";

  private ChildJvm() {}

  /**
   * Tells the virtual machines to come where our classes are, also when Maven runs us itself. Those
   * of JMH learn it from the same property.
   */
  public static void shareClassPath() {
    if (ChildJvm.class.getClassLoader() instanceof URLClassLoader loader) {
      List<String> places = new ArrayList<>();
      for (URL url : loader.getURLs()) {
        try {
          places.add(Path.of(url.toURI()).toString());
        } catch (URISyntaxException e) {
          throw new IllegalArgumentException("class path must have files: " + url, e);
        }
      }
      System.setProperty("java.class.path", String.join(File.pathSeparator, places));
    }
  }

  /**
   * Runs a class that tells figures by {@link #tell}.
   *
   * @param main the class with the main method
   * @param options of the virtual machine
   * @param arguments of the main method
   * @return the figures by name
   * @throws IOException if it cannot be started or fails
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static Map<String, Double> figures(
      Class<?> main, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String line : run(main, options, arguments)) {
      int equals = line.lastIndexOf('=');
      if (line.startsWith(FIGURE) && equals > 0) {
        figures.put(
            line.substring(FIGURE.length(), equals), Double.valueOf(line.substring(equals + 1)));
      }
    }
    return figures;
  }

  /**
   * Tells figures to the virtual machine that has started this one.
   *
   * @param figures by name
   */
  public static void tell(Map<String, Double> figures) {
    figures.forEach((name, value) -> System.out.println(FIGURE + name + "=" + value));
  }

  /**
   * Runs a class to its end. What it says of errors goes where ours goes.
   *
   * @param main the class with the main method
   * @param options of the virtual machine
   * @param arguments of the main method
   * @return the lines that it has printed
   * @throws IOException if it cannot be started or fails
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static List<String> run(Class<?> main, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader output = process.inputReader()) {
      List<String> lines = output.lines().toList();
      if (process.waitFor() != 0) {
        throw new IOException(
            main.getSimpleName()
                + " "
                + String.join(" ", arguments)
                + " has ended with "
                + process.exitValue());
      }
      return lines;
    } finally {
      process.destroy();
    }
  }
}
