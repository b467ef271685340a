package org.theine.jcache.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Reads what stands on a command line. What is wrong is named. Stateless. */
public final class Arguments {
  private Arguments() {}

  /**
   * Hands over the options one by one, each with its value.
   *
   * @param arguments options that have a value each, beside {@code --help}
   * @param set takes an option and its value
   * @return whether help is asked for
   * @throws IllegalArgumentException if an option has no value
   */
  public static boolean read(String[] arguments, BiConsumer<String, String> set) {
    boolean help = false;
    Iterator<String> rest = List.of(arguments).iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      if (option.equals("--help")) {
        help = true;
      } else if (!option.startsWith("--")) {
        throw unknown(option);
      } else if (rest.hasNext()) {
        set.accept(option, rest.next());
      } else {
        throw new IllegalArgumentException(option + " needs a value; --help tells which");
      }
    }
    return help;
  }

  /**
   * Says that there is no such option.
   *
   * @param option what stands there
   * @return what to throw
   */
  public static IllegalArgumentException unknown(String option) {
    return new IllegalArgumentException(
        "unknown option '" + option + "'; --help tells which there are");
  }

  /**
   * Reads a number.
   *
   * @param option whose value it is
   * @param value the text
   * @return a positive number
   * @throws IllegalArgumentException if it is none
   */
  public static int positive(String option, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException(
        option + " must be a positive number below 2^31: '" + value + "'");
  }

  /**
   * Reads values with commas between them.
   *
   * @param values the text
   * @param read makes one of them
   * @param <T> what is made
   * @return all of them
   */
  public static <T> List<T> list(String values, Function<String, T> read) {
    List<T> list = new ArrayList<>();
    for (String value : values.split(",", -1)) {
      list.add(read.apply(value.strip()));
    }
    return list;
  }

  /**
   * Finds one of some by its name, in small letters or capital ones.
   *
   * @param kind what they are, in a word
   * @param all what there is
   * @param title of each
   * @param name what is looked for
   * @param <T> what they are
   * @return the one
   * @throws IllegalArgumentException if none has the name
   */
  public static <T> T named(String kind, T[] all, Function<T, String> title, String name) {
    List<String> titles = new ArrayList<>();
    for (T each : all) {
      if (title.apply(each).equalsIgnoreCase(name)) {
        return each;
      }
      titles.add(title.apply(each));
    }
    throw new IllegalArgumentException(
        "unknown " + kind + " '" + name + "'; there are " + String.join(", ", titles));
  }
}
