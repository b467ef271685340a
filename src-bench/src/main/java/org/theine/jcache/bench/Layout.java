package org.theine.jcache.bench;

/**
 * The measures of a picture, in units of its view box, which are pixels where it is shown whole.
 *
 * @param style the class of the element
 * @param width of all of it
 * @param height of all of it
 * @param fontSize of all text
 * @param right the margin that the names at the ends of the curves need
 * @param tickDistance two labels nearer than this are not both shown
 */
public record Layout(
    String style, int width, int height, int fontSize, int right, double tickDistance) {
  /** For a page that is shown wide. */
  public static final Layout WIDE = new Layout("wide", 860, 440, 15, 104, 44);

  /** For a telephone. */
  public static final Layout NARROW = new Layout("narrow", 358, 370, 13, 74, 34);
}
