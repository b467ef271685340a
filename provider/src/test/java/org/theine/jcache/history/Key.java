package org.theine.jcache.history;

import java.io.Serializable;

/** A key whose hash code is chosen. Immutable. */
record Key(int number, int hash) implements Serializable {
  @Override
  public int hashCode() {
    return hash;
  }
}
