package org.theine.jcache;

import java.util.Set;

/** Where user code may hang while an operation on key -1 is under way. */
enum Hanging {
  LOADER {
    @Override
    void hang(TheineCache<Integer, String> cache, BackingStore<Integer, String> behind) {
      cache.get(-1);
    }
  },
  BATCH_LOADER {
    @Override
    void hang(TheineCache<Integer, String> cache, BackingStore<Integer, String> behind) {
      cache.getAll(Set.of(-1));
    }
  },
  WRITER {
    @Override
    void hang(TheineCache<Integer, String> cache, BackingStore<Integer, String> behind) {
      cache.put(-1, "a");
    }
  },
  DELETER {
    @Override
    void hang(TheineCache<Integer, String> cache, BackingStore<Integer, String> behind) {
      cache.remove(-1);
    }
  },
  PROCESSOR {
    @Override
    void hang(TheineCache<Integer, String> cache, BackingStore<Integer, String> behind) {
      cache.invoke(
          -1,
          (entry, arguments) -> {
            behind.onDelete.accept(-1);
            return null;
          });
    }
  },
  LISTENER {
    @Override
    void hang(TheineCache<Integer, String> cache, BackingStore<Integer, String> behind) {
      cache.put(-2, "the listener hangs");
    }
  };

  abstract void hang(TheineCache<Integer, String> cache, BackingStore<Integer, String> behind);
}
