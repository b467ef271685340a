package org.theine.jcache.bench.replay;

import java.util.Arrays;

/**
 * The words of a spec; what is wrong with one is told with the whole spec.
 *
 * @param spec the whole
 * @param words its words, the first says what it is
 */
record Words(String spec, String[] words) {

  String first() {
    return words[0];
  }

  int size() {
    return words.length;
  }

  String word(int index) {
    require(index < words.length, "ends too early");
    return words[index];
  }

  /** The words from an index on. */
  String after(int index) {
    require(index < words.length, "ends too early");
    return String.join(" ", Arrays.copyOfRange(words, index, words.length));
  }

  /** Requires that the first word is followed by as many others as there are names. */
  void arguments(String names) {
    int expected = names.isEmpty() ? 0 : names.split(" ").length;
    require(
        words.length - 1 == expected,
        names.isEmpty() ? "a file name must stand alone" : "must be " + first() + " " + names);
  }

  int count(int index, String name) {
    return count(word(index), name);
  }

  int count(String word, String name) {
    try {
      int count = Integer.parseInt(word);
      require(count > 0, name + " must be a positive whole number: " + word);
      return count;
    } catch (NumberFormatException e) {
      throw refused(name + " must be a positive whole number: " + word);
    }
  }

  long whole(int index, String name) {
    try {
      return Long.parseLong(word(index));
    } catch (NumberFormatException e) {
      throw refused(name + " must be a whole number: " + word(index));
    }
  }

  double number(int index, String name, double least) {
    try {
      double number = Double.parseDouble(word(index));
      require(
          number >= least && number < Double.POSITIVE_INFINITY,
          name + " must be a number from " + least + ": " + word(index));
      return number;
    } catch (NumberFormatException e) {
      throw refused(name + " must be a number: " + word(index));
    }
  }

  void require(boolean condition, String rule) {
    if (!condition) {
      throw refused(rule);
    }
  }

  private IllegalArgumentException refused(String rule) {
    return new IllegalArgumentException("spec '" + spec + "': " + rule);
  }
}
