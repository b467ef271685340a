package org.theine.jcache;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A policy of the user's, who is asked each time: answers as it is told to, and writes down the
 * questions. Creates for ever and leaves the rest unchanged at first. Safe for use by several
 * threads.
 */
final class RecordingExpiry implements ExpiryPolicy {
  private final List<String> asked = new ArrayList<>();
  private volatile Supplier<@Nullable Duration> creation = () -> Duration.ETERNAL;
  private volatile Supplier<@Nullable Duration> update = () -> null;
  private volatile Supplier<@Nullable Duration> access = () -> null;

  RecordingExpiry creation(Supplier<@Nullable Duration> answer) {
    creation = answer;
    return this;
  }

  RecordingExpiry update(Supplier<@Nullable Duration> answer) {
    update = answer;
    return this;
  }

  RecordingExpiry access(Supplier<@Nullable Duration> answer) {
    access = answer;
    return this;
  }

  /** What was asked since the last call: creation, update, access. */
  synchronized List<String> take() {
    List<String> taken = List.copyOf(asked);
    asked.clear();
    return taken;
  }

  private synchronized void record(String question) {
    asked.add(question);
  }

  @Override
  public @Nullable Duration getExpiryForCreation() {
    record("creation");
    return creation.get();
  }

  @Override
  public @Nullable Duration getExpiryForUpdate() {
    record("update");
    return update.get();
  }

  @Override
  public @Nullable Duration getExpiryForAccess() {
    record("access");
    return access.get();
  }
}
