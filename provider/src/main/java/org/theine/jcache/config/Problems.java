package org.theine.jcache.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with a configuration, so that all of it is told at once. For one thread.
 */
final class Problems {
  private final List<String> found = new ArrayList<>();

  void add(String where, String what) {
    found.add(where + ": " + what);
  }

  /** Something has a name that does not exist. */
  void unknown(String where, String what, String name, Collection<String> known) {
    String nearest = Nearest.of(name, known);
    add(
        where,
        what + " '" + name + "'" + (nearest == null ? "" : "; nearest is '" + nearest + "'"));
  }

  void add(@Nullable CacheException refused) {
    if (refused != null) {
      found.add(refused.getMessage());
    }
  }

  int count() {
    return found.size();
  }

  /**
   * Fails if there is anything.
   *
   * @param subject what cannot be made for it
   */
  void report(String subject) {
    if (found.size() == 1) {
      throw new CacheException(subject + " has a mistake in its configuration: " + found.get(0));
    }
    if (!found.isEmpty()) {
      throw new CacheException(
          "%s has %d mistakes in its configuration:%n  %s"
              .formatted(subject, found.size(), String.join("%n  ".formatted(), found)));
    }
  }
}
