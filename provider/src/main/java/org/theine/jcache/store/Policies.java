package org.theine.jcache.store;

import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.policy.Adviser;
import org.theine.jcache.policy.EvictionPolicy;
import org.theine.jcache.policy.Unbounded;
import org.theine.jcache.policy.WindowTinyLfu;

/** Makes the policies of the shards, which share an adviser. Safe for use by several threads. */
final class Policies {
  private final StoreSettings<?> settings;

  /** Null if nothing is evicted. */
  private final @Nullable Adviser adviser;

  Policies(StoreSettings<?> settings) {
    this.settings = settings;
    long maximum = settings.maximum();
    adviser =
        maximum == StoreSettings.UNBOUNDED
            ? null
            : new Adviser(maximum, settings.weighted(), settings.shards(), settings.seed());
  }

  /** Makes the policy of a shard. */
  EvictionPolicy create(IntToLongFunction hashes) {
    return adviser == null
        ? new Unbounded()
        : new WindowTinyLfu(
            Math.max(1, settings.maximum() / settings.shards()),
            settings.weighted(),
            hashes,
            settings.seed(),
            adviser);
  }

  /** The maximum of the cache has changed; it has one. */
  void setMaximum(long maximum) {
    if (adviser != null) {
      adviser.maximum(maximum);
    }
  }

  /** Gives back what the shards' own structures do not hold. */
  void clear() {
    if (adviser != null) {
      adviser.clear();
    }
  }

  /** Throws if the structures disagree. */
  void audit() {
    if (adviser != null) {
      adviser.audit();
    }
  }
}
