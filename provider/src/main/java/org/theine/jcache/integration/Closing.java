package org.theine.jcache.integration;

import java.io.Closeable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Closes many things, each once, also when some of them throw. Not thread-safe: for use by one
 * thread, which throws the first failure or logs it when all is done.
 */
public final class Closing {

  private final Set<Object> closed = Collections.newSetFromMap(new IdentityHashMap<>());
  private @Nullable Throwable failure;

  /** Makes one that has closed nothing yet. */
  public Closing() {}

  /**
   * Closes an object if it is {@link Closeable} and was not closed by this before. Other {@link
   * AutoCloseable}s are left alone: an executor, for one, belongs to somebody else.
   *
   * @param candidate what to close if it can be closed; null is passed over
   * @return this
   */
  public Closing close(@Nullable Object candidate) {
    if (candidate instanceof Closeable closeable && closed.add(candidate)) {
      run(closeable::close);
    }
    return this;
  }

  /**
   * Runs a step and keeps its failure, of whatever kind.
   *
   * @param step what to run
   * @return this
   */
  public Closing run(Step step) {
    try {
      step.run();
    } catch (Throwable t) {
      add(t);
    }
    return this;
  }

  /**
   * Returns what went wrong.
   *
   * @return the first failure, with the others suppressed in it, or null if there was none
   */
  public @Nullable Throwable failure() {
    return failure;
  }

  private void add(Throwable t) {
    if (failure == null) {
      failure = t;
    } else if (failure != t) {
      failure.addSuppressed(t);
    }
  }

  /** Something to do while closing that may fail. */
  @FunctionalInterface
  public interface Step {

    /**
     * Does it.
     *
     * @throws Exception if it fails
     */
    void run() throws Exception;
  }
}
