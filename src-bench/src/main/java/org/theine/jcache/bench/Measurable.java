package org.theine.jcache.bench;

import java.io.IOException;
import java.util.Map;

/** Something that is measured in a virtual machine of its own, and compared with others. */
public interface Measurable {

  /** Says what it is in a few words. */
  String title();

  /** The columns of a file that say what it is, with commas between them. */
  String columns();

  /**
   * Measures.
   *
   * @return figures by name
   * @throws IOException if it fails
   * @throws InterruptedException if the thread is interrupted
   */
  Map<String, Double> measure() throws IOException, InterruptedException;
}
