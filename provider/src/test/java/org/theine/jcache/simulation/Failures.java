package org.theine.jcache.simulation;

import javax.cache.CacheException;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessorException;

/** Makes exceptions that callbacks throw, and tells exceptions apart. Stateless. */
final class Failures {
  private static final String MARK = "fault ";

  private Failures() {}

  private static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fault(String message) {
      super(message, null, true, false);
    }
  }

  private static final class CheckedFault extends Exception {
    private static final long serialVersionUID = 1L;

    CheckedFault(String message) {
      super(message, null, true, false);
    }
  }

  private static final class FaultError extends Error {
    private static final long serialVersionUID = 1L;

    FaultError(String message) {
      super(message, null, true, false);
    }
  }

  /** An exception that a callback may throw, declared or not. */
  static Throwable choose(Choices choices, Plug plug) {
    String message = MARK + Integer.toHexString((int) choices.next() & 0xffff);
    return switch (choices.below(8)) {
      case 0, 1 -> new Fault(message);
      case 2 -> new CheckedFault(message);
      case 3 -> new FaultError(message);
      case 4 -> new StackOverflowError(message);
      case 5 -> new IllegalStateException(message);
      case 6 -> new CacheException(message);
      default -> specified(plug, message);
    };
  }

  private static RuntimeException specified(Plug plug, String message) {
    return switch (plug) {
      case LOAD, LOAD_ALL -> new CacheLoaderException(message);
      case WRITE, WRITE_ALL, DELETE, DELETE_ALL -> new CacheWriterException(message);
      case PROCESS -> new EntryProcessorException(message);
      case FILTER, LISTENER -> new CacheEntryListenerException(message);
      default -> new NullPointerException(message);
    };
  }

  /** Throws what is not declared. */
  @SuppressWarnings("unchecked")
  static <E extends Throwable> void raise(Throwable failure) throws E {
    throw (E) failure;
  }

  /**
   * All that a caller can rely on of an exception: classes, causes, whose cache, our own faults.
   */
  static String describe(Throwable failure) {
    StringBuilder text = new StringBuilder();
    append(text, failure, 0);
    return text.toString();
  }

  private static void append(StringBuilder text, Throwable failure, int depth) {
    text.append(failure.getClass().getSimpleName());
    String message = String.valueOf(failure.getMessage());
    if (message.startsWith(MARK)) {
      text.append('(').append(message).append(')');
    } else if (message.contains("'" + Settings.CACHE + "'")) {
      text.append(message.contains("own key") ? "(own key)" : "")
          .append(message.contains("is closed") ? "(closed)" : "");
    } else if (!isWrapper(failure)) {
      text.append("(cache not named: ").append(message).append(')');
    }
    Throwable cause = failure.getCause();
    if (cause != null && !isInternal(cause) && depth < 20) {
      append(text.append(" <- "), cause, depth + 1);
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      append(text.append(" + "), suppressed, depth + 1);
    }
  }

  /** Made by the constructor that takes a cause and has no message of its own. */
  private static boolean isWrapper(Throwable failure) {
    return failure.getCause() != null
        && String.valueOf(failure.getMessage()).equals(failure.getCause().toString());
  }

  private static boolean isInternal(Throwable cause) {
    return cause.getClass().getName().startsWith("org.theine.jcache.store.");
  }
}
