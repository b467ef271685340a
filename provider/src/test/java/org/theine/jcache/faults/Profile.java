package org.theine.jcache.faults;

import java.util.EnumSet;
import java.util.Set;

/** What kind of cache an operation meets. */
enum Profile {
  /** By reference, with every plug-in there is. */
  REFERENCE(Trait.LOADER, Trait.WRITER, Trait.EXPIRY, Trait.WEIGHER, Trait.OLD_VALUE),
  COPIED(Trait.LOADER, Trait.WRITER, Trait.EXPIRY, Trait.WEIGHER, Trait.OLD_VALUE, Trait.COPIER),
  SERIALIZED(
      Trait.LOADER, Trait.WRITER, Trait.EXPIRY, Trait.WEIGHER, Trait.OLD_VALUE, Trait.SERIALIZER),
  /** No user code under the lock of an entry but equals; listeners without old values. */
  LISTENED(Trait.COPIER),
  /** By reference, full: a new key evicts another one. */
  FULL(Trait.LOADER, Trait.WRITER, Trait.EXPIRY, Trait.BOUND, Trait.OLD_VALUE),
  /** Full by weight, and a look moves the deadline. */
  TOUCHED(Trait.LOADER, Trait.EXPIRY, Trait.TOUCH, Trait.WEIGHER, Trait.BOUND, Trait.OLD_VALUE),
  /** The eighth, and with the keys of the operation the ninth key of one hash. */
  GATHERING(Trait.LOADER, Trait.WRITER, Trait.EXPIRY, Trait.GATHERING),
  /** Many keys of one hash. */
  COLLIDING(Trait.WRITER, Trait.EXPIRY, Trait.COLLIDING);

  enum Trait {
    LOADER,
    WRITER,
    EXPIRY,
    TOUCH,
    WEIGHER,
    OLD_VALUE,
    COPIER,
    SERIALIZER,
    BOUND,
    GATHERING,
    COLLIDING
  }

  private final Set<Trait> traits;

  Profile(Trait... traits) {
    this.traits = EnumSet.noneOf(Trait.class);
    this.traits.addAll(Set.of(traits));
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** Keys that are there besides those of the operation, with one hash if any have. */
  int bystanders() {
    return has(Trait.COLLIDING) ? 12 : has(Trait.GATHERING) ? 8 : 3;
  }

  boolean sharesHashes() {
    return has(Trait.COLLIDING) || has(Trait.GATHERING);
  }
}
