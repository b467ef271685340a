package org.theine.jcache.bench;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where and when figures were found, in words for a page. Stateless. */
public final class Surroundings {
  private Surroundings() {}

  /**
   * The system, its processors and the Java virtual machine.
   *
   * @return a line
   */
  public static String machine() {
    return String.format(
        Locale.ROOT,
        "%s %s, %d processors, %s %s",
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name"),
        System.getProperty("java.runtime.version"));
  }

  /**
   * The time now, to the minute.
   *
   * @return day, time and zone
   */
  public static String date() {
    return ZonedDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm O"));
  }
}
