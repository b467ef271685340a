package org.theine.jcache.hibernate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps what one logger and those below it are told, from warnings on, and keeps it to itself. */
final class LogTap extends Handler implements AutoCloseable {
  private static final SimpleFormatter FORMATTER = new SimpleFormatter();

  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final Level levelBefore;

  LogTap(String logger) {
    this.logger = Logger.getLogger(logger);
    levelBefore = this.logger.getLevel();
    this.logger.setLevel(Level.WARNING);
    this.logger.setUseParentHandlers(false);
    this.logger.addHandler(this);
  }

  List<String> messages() {
    return messages;
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
      messages.add(FORMATTER.formatMessage(record));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
    logger.setLevel(levelBefore);
  }
}
