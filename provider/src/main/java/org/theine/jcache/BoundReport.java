package org.theine.jcache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.expiry.EternalExpiryPolicy;
import org.theine.jcache.config.ManagerSettings;

/**
 * Logs, once for each name, that a cache has no bound, which is no fault, but nobody should find
 * out by an OutOfMemoryError; and that Hibernate's region of timestamps has one, which is a fault.
 * Safe for use by several threads.
 */
final class BoundReport {
  private static final Logger LOGGER = System.getLogger(BoundReport.class.getName());

  /** More names are not remembered, and nothing is said of their caches. */
  private static final int MAXIMUM_TOLD = 1000;

  private final URI uri;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Makes a report for the caches of one manager. */
  BoundReport(URI uri) {
    this.uri = uri;
  }

  void made(String name, TheineConfiguration<?, ?> configuration) {
    Long size = configuration.getMaximumSize();
    boolean bounded =
        (size != null && size != Long.MAX_VALUE) || configuration.getMaximumWeight() != null;
    boolean expires =
        !EternalExpiryPolicy.factoryOf().equals(configuration.getExpiryPolicyFactory());
    if (ManagerSettings.isTimestamps(name)) {
      if ((bounded || expires) && isNew(name)) {
        LOGGER.log(
            Level.WARNING,
            "cache ''{0}'' of manager {1} must have neither a bound nor an expiry: Hibernate''s"
                + " query cache serves stale rows when it has lost the time of a change",
            name,
            uri);
      }
    } else if (!bounded && isNew(name)) {
      LOGGER.log(
          Level.INFO,
          "cache ''{0}'' of manager {1} has no bound; theine.jcache.defaults.maximum or a block of"
              + " its own gives it one",
          name,
          uri);
    }
  }

  private boolean isNew(String name) {
    return told.size() < MAXIMUM_TOLD && told.add(name);
  }
}
