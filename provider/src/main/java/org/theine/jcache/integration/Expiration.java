package org.theine.jcache.integration;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Tells how long entries live, by the user's expiry policy. As safe for use by many threads as the
 * policy is.
 *
 * <p>The answers are nanoseconds from now: zero for an entry that is over at once, {@link #ETERNAL}
 * for one that never is, {@link #UNCHANGED} where the deadline stays as it is. Anything else is at
 * most {@link #LONGEST}, so a deadline made of it can be compared by subtraction; longer durations
 * are eternal.
 *
 * <p>A policy that throws an exception makes a new entry eternal and leaves the deadline of an old
 * one, as the specification permits; the first time is logged. An {@link Error} passes.
 */
public final class Expiration {
  /*
   * The five policies of javax.cache.expiry, and our own, always give the same answers, so they are
   * asked once, and no user code runs after that. They are final: an object of one of the classes is
   * that policy.
   */

  /** The entry never expires. */
  public static final long ETERNAL = Long.MAX_VALUE;

  /** The deadline stays as it is. */
  public static final long UNCHANGED = -1;

  /** The longest duration that is not eternal: about 146 years. */
  public static final long LONGEST = Long.MAX_VALUE / 2;

  private static final Logger LOGGER = System.getLogger(Expiration.class.getName());

  private static final Set<Class<? extends ExpiryPolicy>> CONSTANT =
      Set.of(
          EternalExpiryPolicy.class,
          CreatedExpiryPolicy.class,
          ModifiedExpiryPolicy.class,
          AccessedExpiryPolicy.class,
          TouchedExpiryPolicy.class,
          FixedExpiryPolicy.class);

  private final String cacheName;
  private final ExpiryPolicy policy;
  private final boolean asksUser;
  private final AtomicBoolean failureLogged = new AtomicBoolean();

  /** The answers of a constant policy; unused otherwise. */
  private final long creation;

  private final long update;
  private final long access;

  private Expiration(String cacheName, ExpiryPolicy policy) {
    this.cacheName = cacheName;
    this.policy = policy;
    this.asksUser = !CONSTANT.contains(policy.getClass());
    this.creation = asksUser ? ETERNAL : askCreation();
    this.update = asksUser ? UNCHANGED : askUpdate();
    this.access = asksUser ? UNCHANGED : askAccess();
  }

  /**
   * Makes one with a policy of its own.
   *
   * @param cacheName the name of the cache, for messages
   * @param factory makes the policy
   * @return the new one
   * @throws CacheException if the factory fails or makes none
   */
  public static Expiration of(String cacheName, Factory<? extends ExpiryPolicy> factory) {
    ExpiryPolicy policy;
    try {
      policy = factory.create();
    } catch (Exception e) {
      throw new CacheException(
          "the factory of the expiry policy of cache '" + cacheName + "' failed", e);
    }
    if (policy == null) {
      throw new CacheException(
          "the factory of the expiry policy of cache '" + cacheName + "' returned null");
    }
    return new Expiration(cacheName, policy);
  }

  /**
   * Returns how long a new entry lives.
   *
   * @return nanoseconds from now, zero or more, or {@link #ETERNAL}
   */
  public long creation() {
    return asksUser ? askCreation() : creation;
  }

  /**
   * Returns how long an entry lives whose value has changed.
   *
   * @return nanoseconds from now, zero or more, or {@link #ETERNAL} or {@link #UNCHANGED}
   */
  public long update() {
    return asksUser ? askUpdate() : update;
  }

  /**
   * Returns how long an entry lives whose value was read.
   *
   * @return nanoseconds from now, zero or more, or {@link #ETERNAL} or {@link #UNCHANGED}
   */
  public long access() {
    return asksUser ? askAccess() : access;
  }

  /**
   * Tells whether no entry can ever expire by this policy.
   *
   * @return true if all the answers are known and none is a deadline
   */
  public boolean isEternal() {
    return !asksUser && creation == ETERNAL && neverEnds(update) && neverEnds(access);
  }

  /**
   * Tells whether a read can move a deadline.
   *
   * @return false if {@link #access} need not be asked
   */
  public boolean touches() {
    return asksUser || (access != UNCHANGED && !isEternal());
  }

  /**
   * Tells whether the user's own code answers, at each operation.
   *
   * @return true for every policy but the five of {@code javax.cache.expiry}
   */
  public boolean asksUser() {
    return asksUser;
  }

  /**
   * Closes the policy if it can be closed.
   *
   * @param closing what closes it
   */
  public void close(Closing closing) {
    closing.close(policy);
  }

  private static boolean neverEnds(long nanos) {
    return nanos == ETERNAL || nanos == UNCHANGED;
  }

  private long askCreation() {
    return ask(ExpiryPolicy::getExpiryForCreation, ETERNAL);
  }

  private long askUpdate() {
    return ask(ExpiryPolicy::getExpiryForUpdate, UNCHANGED);
  }

  private long askAccess() {
    return ask(ExpiryPolicy::getExpiryForAccess, UNCHANGED);
  }

  /** What the policy answers; the given answer if that is null or an exception. */
  private long ask(Function<ExpiryPolicy, @Nullable Duration> question, long otherwise) {
    try {
      Duration duration = question.apply(policy);
      return (duration == null) ? otherwise : nanosOf(duration);
    } catch (Exception e) {
      if (failureLogged.compareAndSet(false, true)) {
        LOGGER.log(
            Level.WARNING,
            "the expiry policy of cache '"
                + cacheName
                + "' failed; new entries are eternal and old deadlines stay when it does",
            e);
      }
      return otherwise;
    }
  }

  private static long nanosOf(Duration duration) {
    if (duration.isEternal()) {
      return ETERNAL;
    }
    long nanos = duration.getTimeUnit().toNanos(duration.getDurationAmount());
    return (nanos > LONGEST) ? ETERNAL : Math.max(0, nanos);
  }
}
