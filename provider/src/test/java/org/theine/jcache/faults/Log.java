package org.theine.jcache.faults;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What this provider logs, kept from the console. Safe for use by several threads. */
final class Log extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("org.theine.jcache");
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  Log() {
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  void forget() {
    failures.clear();
  }

  /** Whether a failure was logged, as it is or as a cause. */
  boolean has(@Nullable Throwable failure) {
    return failures.stream().anyMatch(each -> isCausedBy(each, failure));
  }

  static boolean isCausedBy(@Nullable Throwable thrown, @Nullable Throwable failure) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause == failure) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void publish(LogRecord logged) {
    Throwable thrown = logged.getThrown();
    if (thrown != null) {
      failures.add(thrown);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
