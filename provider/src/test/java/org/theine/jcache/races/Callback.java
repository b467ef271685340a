package org.theine.jcache.races;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where an operation runs code of the user's. */
enum Callback {
  LOADER,
  WRITER,
  PROCESSOR,
  CREATION_EXPIRY,
  UPDATE_EXPIRY,
  ACCESS_EXPIRY,
  WEIGHER,
  KEY_HASH,
  KEY_EQUALS,
  VALUE_EQUALS,
  SERIALISER,
  DESERIALISER,
  LISTENER;

  /** Told of every call; null, and so without effect, unless a test holds races. */
  static volatile @Nullable Consumer<Callback> watcher;

  /** User code is running. */
  void reached() {
    Consumer<Callback> told = watcher;
    if (told != null) {
      told.accept(this);
    }
  }
}
