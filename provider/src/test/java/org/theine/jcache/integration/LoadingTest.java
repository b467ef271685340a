package org.theine.jcache.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.Test;

class LoadingTest {

  @Test
  void none_asked_loadsNothing() {
    Loading<String, String> none = Loading.none();

    assertThat(none.isPresent()).isFalse();
    assertThat(none.load("a")).isNull();
    assertThat(none.loadAll(List.of("a"))).isEmpty();
    Closing closing = new Closing();
    none.close(closing);
    assertThat(closing.failure()).isNull();
  }

  @Test
  void load_loaderThatKnows_returnsItsValue() {
    Loading<String, String> loading = Loading.of("users", new OneByOne(key -> key + "!"));

    assertThat(loading.isPresent()).isTrue();
    assertThat(loading.load("a")).isEqualTo("a!");
  }

  @Test
  void load_loaderWithoutAnswer_returnsNull() {
    assertThat(Loading.of("users", new OneByOne(key -> null)).load("a")).isNull();
  }

  @Test
  void load_loaderThrows_isWrappedOnce() {
    RuntimeException cause = new IllegalStateException("down");
    Loading<String, String> loading = Loading.of("users", throwing(cause));

    assertThatThrownBy(() -> loading.load("secret"))
        .isInstanceOf(CacheLoaderException.class)
        .hasMessage("the loader of cache 'users' failed")
        .hasCause(cause);
    assertThatThrownBy(() -> loading.loadAll(List.of("secret")))
        .isInstanceOf(CacheLoaderException.class)
        .hasMessage("the loader of cache 'users' failed")
        .hasCause(cause);
  }

  @Test
  void load_loaderThrowsTheSpecifiedType_passesUnchanged() {
    CacheLoaderException failure = new CacheLoaderException("mine");
    Loading<String, String> loading = Loading.of("users", throwing(failure));

    assertThatThrownBy(() -> loading.load("a")).isSameAs(failure);
    assertThatThrownBy(() -> loading.loadAll(List.of("a"))).isSameAs(failure);
  }

  @Test
  void load_loaderThrowsAnError_passesUnchanged() {
    Error failure = new AssertionError("broken");
    Loading<String, String> loading = Loading.of("users", throwing(failure));

    assertThatThrownBy(() -> loading.load("a")).isSameAs(failure);
    assertThatThrownBy(() -> loading.loadAll(List.of("a"))).isSameAs(failure);
  }

  @Test
  void loadAll_answers_dropNullsAndKeysThatNobodyAskedFor() {
    Map<String, String> answers = new HashMap<>();
    answers.put("a", "1");
    answers.put("b", null);
    answers.put("invented", "2");
    answers.put(null, "3");

    assertThat(Loading.of("users", new AllAtOnce(keys -> answers)).loadAll(List.of("a", "b", "c")))
        .containsExactly(Map.entry("a", "1"));
  }

  @Test
  void loadAll_nullMap_isNull() {
    assertThat(Loading.of("users", new AllAtOnce(keys -> null)).loadAll(List.of("a"))).isNull();
  }

  @Test
  void loadAll_keys_reachTheLoaderOnceAndInOneCall() {
    List<Set<String>> calls = new ArrayList<>();
    Loading<String, String> loading =
        Loading.of(
            "users",
            new AllAtOnce(
                keys -> {
                  Set<String> asked = new HashSet<>();
                  keys.forEach(asked::add);
                  calls.add(asked);
                  return Map.of();
                }));

    loading.loadAll(List.of("a", "b", "a"));

    assertThat(calls).containsExactly(Set.of("a", "b"));
  }

  @Test
  void loadAll_loaderThatTakesKeysAway_fails() {
    List<String> keys = new ArrayList<>(List.of("a", "b"));
    Loading<String, String> loading =
        Loading.of(
            "users",
            new AllAtOnce(
                asked -> {
                  asked.iterator().remove();
                  return Map.of();
                }));

    assertThatThrownBy(() -> loading.loadAll(keys))
        .isInstanceOf(CacheLoaderException.class)
        .hasCauseInstanceOf(UnsupportedOperationException.class);
    assertThat(keys).containsExactly("a", "b");
  }

  @Test
  @SuppressWarnings("StringOperationCanBeSimplified") // an equal key that is another object
  void loadAll_loaderWithEqualKeys_answersWithTheCallersKeysInTheirOrder() {
    String key = new String("b");
    Loading<String, String> loading =
        Loading.of("users", new AllAtOnce(keys -> Map.of("a", "1", new String("b"), "2")));

    Map<String, String> answers = loading.loadAll(List.of(key, "a"));

    assertThat(answers).containsExactly(Map.entry("b", "2"), Map.entry("a", "1"));
    assertThat(answers.keySet().iterator().next()).isSameAs(key);
  }

  @Test
  void loadAll_mapWithAnOrderOfItsOwn_isComparedByEquals() {
    Map<String, String> answers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    answers.put("A", "1");

    assertThat(Loading.of("users", new AllAtOnce(keys -> answers)).loadAll(List.of("a"))).isEmpty();
  }

  @Test
  void loadAll_mapThatThrows_isWrapped() {
    Map<String, String> broken =
        Collections.unmodifiableMap(
            new HashMap<>() {
              private static final long serialVersionUID = 1L;

              @Override
              public int size() {
                throw new IllegalStateException("broken map");
              }
            });

    assertThatThrownBy(
            () -> Loading.of("users", new AllAtOnce(keys -> broken)).loadAll(List.of("a")))
        .isInstanceOf(CacheLoaderException.class)
        .hasRootCauseMessage("broken map");
  }

  @Test
  void failure_ofAWrappedException_isAnotherWithTheSameCause() {
    RuntimeException cause = new IllegalStateException("down");
    Loading<String, String> loading = Loading.of("users", throwing(cause));
    CacheLoaderException first = new CacheLoaderException("first", cause);

    CacheLoaderException second = loading.failure(first);

    assertThat(second).isNotSameAs(first).hasCause(cause);
  }

  @Test
  void failure_ofAnythingElse_hasThatAsItsCause() {
    Loading<String, String> loading = Loading.of("users", new OneByOne(key -> key));
    Error error = new AssertionError("broken");
    CacheLoaderException own = new CacheLoaderException("no cause");

    assertThat(loading.failure(error)).hasCause(error);
    assertThat(loading.failure(own)).hasCause(own);
  }

  @Test
  void close_loaderThatCanBeClosed_closesIt() {
    ClosingLoader loader = new ClosingLoader();

    Loading.of("users", loader).close(new Closing());

    assertThat(loader.closed).isEqualTo(1);
  }

  private static CacheLoader<String, String> throwing(Throwable failure) {
    return new OneByOne(
        key -> {
          if (failure instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) failure;
        });
  }

  private static class OneByOne implements CacheLoader<String, String> {

    private final Function<String, String> answer;

    OneByOne(Function<String, String> answer) {
      this.answer = answer;
    }

    @Override
    public String load(String key) {
      return answer.apply(key);
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
      Map<String, String> answers = new HashMap<>();
      keys.forEach(key -> answers.put(key, answer.apply(key)));
      return answers;
    }
  }

  private record AllAtOnce(Function<Iterable<? extends String>, Map<String, String>> answer)
      implements CacheLoader<String, String> {

    @Override
    public String load(String key) {
      throw new AssertionError("a single load");
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
      return answer.apply(keys);
    }
  }

  private static final class ClosingLoader extends OneByOne implements Closeable {

    private int closed;

    ClosingLoader() {
      super(key -> key);
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
