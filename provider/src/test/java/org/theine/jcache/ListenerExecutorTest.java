package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.cache.event.CacheEntryEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Listeners hear all, once and in order, whatever the executor makes of its tasks. */
@Timeout(value = 2, unit = TimeUnit.MINUTES) // what hangs is interrupted, and fails
final class ListenerExecutorTest {
  @RegisterExtension final Caches caches = new Caches();

  private TheineCache<Integer, String> asynchronous(
      Executor executor, RecordingListener<Integer, String> listener) {
    return caches.create(
        caches
            .<Integer, String>configuration()
            .setExecutorFactory(() -> executor)
            .addCacheEntryListenerConfiguration(Caches.asynchronous(listener)));
  }

  @Test
  void events_executorFailsButKeepsTheTask_areToldByTheNextTaskAlone() {
    List<Runnable> tasks = new ArrayList<>();
    Executor keeping =
        task -> {
          tasks.add(task);
          if (tasks.size() == 1) {
            throw new RejectedExecutionException("after all");
          }
        };
    RecordingListener<Integer, String> listener = new RecordingListener<>();
    TheineCache<Integer, String> cache = asynchronous(keeping, listener);
    cache.put(1, "a");
    cache.put(1, "b");
    assertThat(tasks).hasSize(2);

    tasks.get(0).run();
    assertThat(listener.take()).as("told by the task that was refused").isEmpty();

    tasks.get(1).run();
    assertThat(listener.take()).containsExactly("CREATED 1=a", "UPDATED 1=b was a");
  }

  /** A second task beside the one that has begun would tell of the same key out of order. */
  @Test
  void events_executorFailsWhenATaskHasBegun_areToldByThatTaskAlone() throws Exception {
    Gate gate = new Gate();
    List<Task<Void>> tasks = new ArrayList<>();
    Executor late =
        task -> {
          tasks.add(Task.run(task));
          gate.awaitReached();
          throw new RejectedExecutionException("after all");
        };
    RecordingListener<Integer, String> listener =
        new RecordingListener<>() {
          @Override
          public void onCreated(
              Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
            gate.pass();
            super.onCreated(events);
          }
        };
    TheineCache<Integer, String> cache = asynchronous(late, listener);
    cache.put(1, "a");
    cache.put(1, "b");
    assertThat(tasks).hasSize(1);
    assertThat(listener.take()).isEmpty();

    gate.open();
    tasks.get(0).result();

    assertThat(listener.take()).containsExactly("CREATED 1=a", "UPDATED 1=b was a");
  }
}
