package org.theine.jcache.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WriteThroughTest {

  private final Store store = new Store();
  private final WriteThrough<String, Integer> writeThrough = WriteThrough.of("users", store);

  @Test
  void none_told_tellsNobody() {
    WriteThrough<String, Integer> none = WriteThrough.none();
    List<String> keys = new ArrayList<>(List.of("a"));

    none.write("a", 1);
    none.delete("a");
    none.writeAll(new ArrayList<>(List.of(WriteThrough.entry("a", 1))));
    none.deleteAll(keys);
    Closing closing = new Closing();
    none.close(closing);

    assertThat(none.isPresent()).isFalse();
    assertThat(keys).containsExactly("a");
    assertThat(closing.failure()).isNull();
  }

  @Test
  void changes_told_reachTheStore() {
    writeThrough.write("a", 1);
    writeThrough.write("b", 2);
    writeThrough.delete("a");
    writeThrough.writeAll(
        new ArrayList<>(List.of(WriteThrough.entry("c", 3), WriteThrough.entry("d", 4))));
    writeThrough.deleteAll(new ArrayList<>(List.of("b", "c")));

    assertThat(writeThrough.isPresent()).isTrue();
    assertThat(store.rows).containsExactly(Map.entry("d", 4));
  }

  static List<Throwing> calls() {
    return List.of(
        w -> w.write("a", 1),
        w -> w.delete("a"),
        w -> w.writeAll(new ArrayList<>(List.of(WriteThrough.entry("a", 1)))),
        w -> w.deleteAll(new ArrayList<>(List.of("a"))));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void change_writerThrows_isWrappedOnce(Throwing call) {
    store.failure = new IllegalStateException("down");

    assertThatThrownBy(() -> call.on(writeThrough))
        .isInstanceOf(CacheWriterException.class)
        .hasMessage("the writer of cache 'users' failed")
        .hasCause(store.failure);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void change_writerThrowsTheSpecifiedType_passesUnchanged(Throwing call) {
    store.failure = new CacheWriterException("mine");

    assertThatThrownBy(() -> call.on(writeThrough)).isSameAs(store.failure);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void change_writerThrowsAnError_passesUnchanged(Throwing call) {
    store.failure = new AssertionError("broken");

    assertThatThrownBy(() -> call.on(writeThrough)).isSameAs(store.failure);
  }

  @Test
  void writeAll_failsHalfWay_leavesWhatWasNotWritten() {
    store.refused = "b";
    Collection<Cache.Entry<? extends String, ? extends Integer>> entries =
        new ArrayList<>(
            List.of(
                WriteThrough.entry("a", 1),
                WriteThrough.entry("b", 2),
                WriteThrough.entry("c", 3)));

    assertThatThrownBy(() -> writeThrough.writeAll(entries))
        .isInstanceOf(CacheWriterException.class);

    assertThat(store.rows).containsOnlyKeys("a");
    assertThat(entries.stream().<String>map(Cache.Entry::getKey)).containsExactly("b", "c");
  }

  @Test
  void deleteAll_failsHalfWay_leavesWhatWasNotDeleted() {
    store.rows.putAll(Map.of("a", 1, "b", 2, "c", 3));
    store.refused = "b";
    List<String> keys = new ArrayList<>(List.of("a", "b", "c"));

    assertThatThrownBy(() -> writeThrough.deleteAll(keys)).isInstanceOf(CacheWriterException.class);

    assertThat(store.rows).containsOnlyKeys("b", "c");
    assertThat(keys).containsExactly("b", "c");
  }

  @Test
  void entry_unwrapped_isItselfOrRefused() {
    Cache.Entry<String, Integer> entry = WriteThrough.entry("a", 1);

    assertThat(entry.getKey()).isEqualTo("a");
    assertThat(entry.getValue()).isEqualTo(1);
    assertThat(entry).isEqualTo(WriteThrough.entry("a", 1));
    assertThat(entry.unwrap(Cache.Entry.class)).isSameAs(entry);
    assertThatThrownBy(() -> entry.unwrap(String.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.String");
  }

  @Test
  void close_writerThatCanBeClosed_closesIt() {
    writeThrough.close(new Closing());

    assertThat(store.closed).isEqualTo(1);
  }

  private interface Throwing {
    void on(WriteThrough<String, Integer> writeThrough);
  }

  private static final class Store implements CacheWriter<Object, Object>, Closeable {

    private final Map<Object, Object> rows = new TreeMap<>();
    private Throwable failure;
    private String refused;
    private int closed;

    @Override
    public void write(Cache.Entry<? extends Object, ? extends Object> entry) {
      check(entry.getKey());
      rows.put(entry.getKey(), entry.getValue());
    }

    @Override
    public void delete(Object key) {
      check(key);
      rows.remove(key);
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends Object, ? extends Object>> entries) {
      for (var i = entries.iterator(); i.hasNext(); i.remove()) {
        write(i.next());
      }
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      for (var i = keys.iterator(); i.hasNext(); i.remove()) {
        delete(i.next());
      }
    }

    @Override
    public void close() {
      closed++;
    }

    private void check(Object key) {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure != null) {
        throw (RuntimeException) failure;
      }
      if (key.equals(refused)) {
        throw new IllegalArgumentException("refused");
      }
    }
  }
}
