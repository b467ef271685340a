package org.theine.jcache.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {

  private final List<String> closed = new ArrayList<>();

  @Test
  void close_several_closesEachInOrder() {
    Closing closing = new Closing().close(named("a")).close(named("b"));

    assertThat(closed).containsExactly("a", "b");
    assertThat(closing.failure()).isNull();
  }

  @Test
  void close_sameObjectTwice_closesItOnce() {
    Closeable both = named("a");

    new Closing().close(both).close(both);

    assertThat(closed).containsExactly("a");
  }

  @Test
  void close_equalObjects_closesBoth() {
    new Closing().close(new EqualToAll(closed)).close(new EqualToAll(closed));

    assertThat(closed).hasSize(2);
  }

  @Test
  void close_nothingToClose_isQuiet() {
    AutoCloseable executor = () -> closed.add("executor");

    Closing closing = new Closing().close(null).close("text").close(executor);

    assertThat(closing.failure()).isNull();
    assertThat(closed).isEmpty();
  }

  @Test
  void close_someThrow_closesAllAndKeepsEveryFailure() {
    IOException first = new IOException("first");
    Error second = new AssertionError("second");

    Closing closing =
        new Closing()
            .close(throwing(first))
            .close(named("a"))
            .run(
                () -> {
                  throw second;
                })
            .close(named("b"));

    assertThat(closed).containsExactly("a", "b");
    assertThat(closing.failure()).isSameAs(first);
    assertThat(first.getSuppressed()).containsExactly(second);
  }

  @Test
  void close_sameFailureTwice_isKeptOnce() {
    IOException failure = new IOException("same");

    Closing closing =
        new Closing().close(throwing(failure)).close(throwing(failure)).close(named("a"));

    assertThat(closing.failure()).isSameAs(failure).hasNoSuppressedExceptions();
    assertThat(closed).containsExactly("a");
  }

  private Closeable named(String name) {
    return () -> closed.add(name);
  }

  private static Closeable throwing(IOException failure) {
    return () -> {
      throw failure;
    };
  }

  private record EqualToAll(List<String> closed) implements Closeable {

    @Override
    public void close() {
      closed.add("one");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof EqualToAll;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }
}
