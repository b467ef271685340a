package org.theine.jcache.integration;

import java.io.Serializable;
import java.util.Objects;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Always gives the same three answers: what a configuration file says of expiry. Immutable.
 *
 * @param create how long a new entry lives
 * @param update how long an entry lives whose value has changed, or null for as long as before
 * @param access how long an entry lives that was read, or null for as long as before
 * @serial exclude
 */
public record FixedExpiryPolicy(
    Duration create, @Nullable Duration update, @Nullable Duration access)
    implements ExpiryPolicy, Serializable {

  @Override
  public Duration getExpiryForCreation() {
    return create;
  }

  @Override
  public @Nullable Duration getExpiryForAccess() {
    return access;
  }

  @Override
  public @Nullable Duration getExpiryForUpdate() {
    return update;
  }

  /** Written out: the JDK 17 keeps a record's class for which it made this method. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FixedExpiryPolicy that
        && create.equals(that.create)
        && Objects.equals(update, that.update)
        && Objects.equals(access, that.access);
  }

  @Override
  public int hashCode() {
    return Objects.hash(create, update, access);
  }
}
