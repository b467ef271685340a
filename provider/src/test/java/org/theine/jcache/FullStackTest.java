package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * User code that uses the cache again until the stack is full finds all of it usable afterwards.
 * The overflow strikes elsewhere in each round, since each begins some frames deeper.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES) // what hangs is interrupted, and fails
final class FullStackTest {
  private static final int ROUNDS = 40;
  private static final int STACK_BYTES = 192 * 1024;

  @RegisterExtension final Caches caches = new Caches();

  private final BackingStore<Integer, String> behind = new BackingStore<>();
  private final RecordingListener<Integer, String> listener = new RecordingListener<>();

  /** The deepest key that was asked for; after it they are all usable. */
  private final AtomicInteger deepest = new AtomicInteger();

  private TheineCache<Integer, String> cache() {
    return caches.create(
        behind
            .behind(caches.<Integer, String>configuration())
            .setStoreByValue(false)
            .addCacheEntryListenerConfiguration(Caches.synchronous(listener)));
  }

  private int deeper(int key) {
    deepest.accumulateAndGet(key, Math::max);
    return key + 1;
  }

  /** Runs an action that fills the stack, from some frames down in a thread of its own. */
  private void fill(TheineCache<Integer, String> cache, int round, IntConsumer action)
      throws Exception {
    deepest.set(0);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    AtomicInteger told = new AtomicInteger();
    Runnable task =
        () -> {
          try {
            descend(round, action);
          } catch (Throwable e) {
            failure.set(e);
          }
          behind.onLoad = key -> {};
          listener.take();
          cache.put(-1, "after");
          told.set(listener.count());
        };
    Thread thread = new Thread(null, task, "full stack", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    thread.join(TimeUnit.SECONDS.toMillis(Caches.PATIENCE_SECONDS));
    assertThat(rootOf(failure.get())).as("round %d", round).isInstanceOf(StackOverflowError.class);
    assertThat(told).as("round %d: told in the thread of the operation", round).hasValue(1);
    assertUsable(cache, round);
  }

  private static @Nullable Throwable rootOf(@Nullable Throwable failure) {
    Throwable root = failure;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static void descend(int frames, IntConsumer action) {
    if (frames == 0) {
      action.accept(0);
    } else {
      descend(frames - 1, action);
    }
  }

  private void assertUsable(TheineCache<Integer, String> cache, int round) throws Exception {
    AtomicInteger at = new AtomicInteger();
    int keys = deepest.get() + 3;
    Thread user =
        new Thread(
            () -> {
              for (int key = 0; key < keys; key++) {
                at.set(key);
                cache.put(key, "usable");
              }
              at.set(-1);
            });
    user.setDaemon(true);
    user.start();
    user.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(at).as("round %d: the key that stays locked", round).hasValue(-1);
    cache.audit();
    cache.close();
  }

  @Test
  void loader_asksForAnotherKeyTillTheStackIsFull_noKeyStaysLocked() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      TheineCache<Integer, String> cache = cache();
      fill(
          cache,
          round,
          first -> {
            behind.onLoad = key -> cache.get(deeper((Integer) key));
            cache.get(first);
          });
    }
  }

  @Test
  void processor_invokesAnotherTillTheStackIsFull_noKeyStaysLocked() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      TheineCache<Integer, String> cache = cache();
      fill(cache, round, first -> invoke(cache, first));
    }
  }

  private String invoke(TheineCache<Integer, String> cache, int key) {
    return cache.invoke(key, (entry, arguments) -> invoke(cache, deeper(key)));
  }
}
