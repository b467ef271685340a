package org.theine.jcache.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What was measured, round by round. Not thread-safe.
 *
 * @param <T> what has figures
 */
public final class Medians<T> {
  private final Map<T, Map<String, List<Double>>> figures = new LinkedHashMap<>();

  /** Makes one without figures. */
  public Medians() {}

  /**
   * Adds the next round.
   *
   * @param task what has been measured
   * @param round its figures by name
   */
  public void add(T task, Map<String, Double> round) {
    Map<String, List<Double>> known =
        figures.computeIfAbsent(task, absent -> new LinkedHashMap<>());
    round.forEach(
        (name, value) -> known.computeIfAbsent(name, absent -> new ArrayList<>()).add(value));
  }

  /**
   * Returns of what there are figures.
   *
   * @return all of which a round was added
   */
  public Set<T> tasks() {
    return figures.keySet();
  }

  /**
   * Returns the names of the figures of one.
   *
   * @param task what may have figures
   * @return their names, perhaps none
   */
  public Set<String> names(T task) {
    return figures.getOrDefault(task, Map.of()).keySet();
  }

  /**
   * Returns the median of a figure over the rounds.
   *
   * @param task what may have the figure
   * @param name of the figure
   * @return the median, or NaN if there is none
   */
  public double get(T task, String name) {
    return median(
        figures.getOrDefault(task, Map.of()).getOrDefault(name, List.of()).stream()
            .mapToDouble(Double::doubleValue)
            .toArray());
  }

  /**
   * Returns the median.
   *
   * @param values in any order
   * @return what is in the middle, or NaN if there is nothing
   */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * Writes every figure of every round as a line of comma-separated values, under a line of titles.
   *
   * @param titles of the columns that say what it is a figure of
   * @param columns what they are
   * @return the whole file
   */
  public String csv(String titles, Function<T, String> columns) {
    StringBuilder text = new StringBuilder(titles).append(",figure,round,value\n");
    figures.forEach(
        (task, known) ->
            known.forEach(
                (name, values) -> {
                  for (int i = 0; i < values.size(); i++) {
                    text.append(
                        String.format(
                            Locale.ROOT,
                            "%s,\"%s\",%d,%.3f%n",
                            columns.apply(task),
                            name,
                            i + 1,
                            values.get(i)));
                  }
                }));
    return text.toString();
  }
}
