package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.integration.CompletionListener;

/** Counts how often it is told of which end, and fails then if it shall. For use by any thread. */
final class Completion implements CompletionListener {
  final AtomicInteger completions = new AtomicInteger();
  final List<Exception> exceptions = new CopyOnWriteArrayList<>();
  private final boolean failing;

  Completion() {
    this(false);
  }

  Completion(boolean failing) {
    this.failing = failing;
  }

  @Override
  public void onCompletion() {
    completions.incrementAndGet();
    fail();
  }

  @Override
  public void onException(Exception e) {
    exceptions.add(e);
    fail();
  }

  private void fail() {
    if (failing) {
      throw new ArithmeticException("the listener fails");
    }
  }

  private void awaitEnd() throws InterruptedException {
    Caches.await("an end", () -> completions.get() + exceptions.size() > 0);
  }

  void awaitCompletion() throws InterruptedException {
    awaitEnd();
    assertThat(exceptions).isEmpty();
  }

  Exception awaitException() throws InterruptedException {
    awaitEnd();
    assertThat(completions).hasValue(0);
    return exceptions.get(0);
  }
}
