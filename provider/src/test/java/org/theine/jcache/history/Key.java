package org.theine.jcache.history;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A key whose hash code is chosen, and whose equals may take its time. Immutable. */
record Key(int number, int hash) implements Serializable {
  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    Worker.pauseInside();
    return other instanceof Key key && key.number == number;
  }
}
