package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.theine.jcache.Caches.assertCounted;
import static org.theine.jcache.Caches.synchronous;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an entry processor does to its cache, where the specification says more than its TCK. */
final class ProcessorConformanceTest {
  @RegisterExtension final Caches caches = new Caches();

  private final RecordingListener<Integer, String> listener = new RecordingListener<>();
  private final RecordingWriter<Integer, String> writer = new RecordingWriter<>();
  private RecordingLoader<Integer, String> loader = new RecordingLoader<>(key -> "loaded");

  private TheineConfiguration<Integer, String> configuration() {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    return configuration
        .addCacheEntryListenerConfiguration(synchronous(listener))
        .setWriteThrough(true)
        .setCacheWriterFactory(() -> writer);
  }

  /** A cache with a writer, where 1=a. */
  private TheineCache<Integer, String> writeThrough() {
    return withOne(configuration());
  }

  /** A cache with a loader and a writer, where 1=a. */
  private TheineCache<Integer, String> readAndWriteThrough() {
    return withOne(configuration().setReadThrough(true).setCacheLoaderFactory(() -> loader));
  }

  private TheineCache<Integer, String> withOne(TheineConfiguration<Integer, String> configuration) {
    TheineCache<Integer, String> cache = caches.create(configuration);
    cache.put(1, "a");
    forget(cache);
    return cache;
  }

  private void forget(TheineCache<Integer, String> cache) {
    listener.take();
    writer.take();
    loader.take();
    Caches.statistics(cache).clear();
  }

  /**
   * Does what each word says, and returns what was got: get, exists, remove, or the value to set.
   */
  private static List<@Nullable Object> process(
      MutableEntry<Integer, String> entry, Object... steps) {
    List<@Nullable Object> got = new ArrayList<>();
    for (Object step : steps) {
      switch ((String) step) {
        case "get" -> got.add(entry.getValue());
        case "exists" -> got.add(entry.exists());
        case "remove" -> entry.remove();
        default -> entry.setValue((String) step);
      }
    }
    return got;
  }

  private static List<@Nullable Object> invoke(
      TheineCache<Integer, String> cache, int key, String... steps) {
    List<@Nullable Object> got =
        cache.invoke(key, ProcessorConformanceTest::process, (Object[]) steps);
    assertThat(got).isNotNull();
    return got;
  }

  @Nested
  @DisplayName("place 28: several steps in one processor")
  class Steps {
    @Test
    void getRemoveGetSet_absent_loadsOnceWritesOnceTellsOnce() {
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 2, "get", "remove", "get", "b")).containsExactly("loaded", null);

      assertThat(loader.take()).containsExactly("load 2");
      assertThat(writer.take()).containsExactly("write 2=b");
      assertThat(listener.take()).containsExactly("CREATED 2=b");
      assertCounted(cache, 0, 1, 1, 0);
      assertThat(cache.get(2)).isEqualTo("b");
    }

    @Test
    void getRemoveGetSet_present_writesOnceTellsOnce() {
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 1, "get", "remove", "get", "b")).containsExactly("a", null);

      assertThat(loader.take()).isEmpty();
      assertThat(writer.take()).containsExactly("write 1=b");
      assertThat(listener.take()).containsExactly("UPDATED 1=b was a");
      assertCounted(cache, 1, 0, 1, 0);
      assertThat(cache.get(1)).isEqualTo("b");
    }

    @Test
    void getSetGetSet_absent_isOneGetAndOnePut() { // example 1
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 2, "get", "x", "get", "y")).containsExactly("loaded", "x");

      assertThat(loader.take()).containsExactly("load 2");
      assertThat(writer.take()).containsExactly("write 2=y");
      assertThat(listener.take()).containsExactly("CREATED 2=y");
      assertCounted(cache, 0, 1, 1, 0);
    }

    @Test
    void getSetGetSet_present_isOneGetAndOnePut() {
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 1, "get", "x", "get", "y")).containsExactly("a", "x");

      assertThat(loader.take()).isEmpty();
      assertThat(writer.take()).containsExactly("write 1=y");
      assertThat(listener.take()).containsExactly("UPDATED 1=y was a");
      assertCounted(cache, 1, 0, 1, 0);
    }

    @Test
    void getSetGetSetRemove_present_isOneGetAndOneRemoval() { // example 3
      TheineCache<Integer, String> cache = writeThrough();

      assertThat(invoke(cache, 1, "get", "x", "get", "y", "remove")).containsExactly("a", "x");

      assertThat(writer.take()).containsExactly("delete 1");
      assertThat(listener.take()).containsExactly("REMOVED 1=a was a");
      assertCounted(cache, 1, 0, 0, 1);
      assertThat(cache.containsKey(1)).isFalse();
    }

    @Test
    void getSetGetSetRemove_absent_leavesNoTrace() {
      TheineCache<Integer, String> cache = writeThrough();

      assertThat(invoke(cache, 2, "get", "x", "get", "y", "remove")).containsExactly(null, "x");

      assertThat(writer.take()).isEmpty();
      assertThat(listener.take()).isEmpty();
      assertCounted(cache, 0, 1, 0, 0);
      assertThat(cache.containsKey(2)).isFalse();
    }

    @Test
    void getAndRemove_loaded_isDeletedWhereItWasLoadedFrom() {
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 2, "get", "remove", "exists", "get"))
          .containsExactly("loaded", false, null);
      assertThat(writer.take()).containsExactly("delete 2");
      assertThat(invoke(cache, 2, "get", "x", "get", "y", "remove")).containsExactly("loaded", "x");
      assertThat(writer.take()).containsExactly("delete 2");

      assertThat(loader.take()).containsExactly("load 2", "load 2");
      assertThat(listener.take()).isEmpty();
      assertCounted(cache, 0, 2, 0, 0);
      assertThat(cache.containsKey(2)).isFalse();
    }

    @Test
    void remove_absent_isDeletedAsByCacheRemove() {
      TheineCache<Integer, String> cache = readAndWriteThrough();

      invoke(cache, 2, "remove");

      assertThat(writer.take()).containsExactly("delete 2");
      assertThat(listener.take()).isEmpty();
      assertThat(loader.take()).isEmpty();
    }

    @Test
    void get_loaderHasNothing_isAskedOnce() {
      loader = new RecordingLoader<>(key -> null);
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 2, "get", "get", "exists")).containsExactly(null, null, false);

      assertThat(loader.take()).containsExactly("load 2");
      assertThat(writer.take()).isEmpty();
      assertThat(cache.containsKey(2)).isFalse();
    }
  }

  @Nested
  @DisplayName("place 29: exists and loads")
  class Exists {
    @Test
    void exists_absent_doesNotLoad() {
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 2, "exists")).containsExactly(false);

      assertThat(loader.take()).isEmpty();
      assertThat(cache.containsKey(2)).isFalse();
    }

    @Test
    void exists_afterALoad_isTrueAndTheValueIsStored() {
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThat(invoke(cache, 2, "exists", "get", "exists"))
          .containsExactly(false, "loaded", true);

      assertThat(loader.take()).containsExactly("load 2");
      assertThat(writer.take()).isEmpty(); // it came from there
      assertThat(listener.take()).containsExactly("CREATED 2=loaded");
      assertThat(cache.containsKey(2)).isTrue();
    }

    @Test
    void exists_eachStep_tellsWhatTheProcessorSees() {
      TheineCache<Integer, String> cache = writeThrough();

      assertThat(invoke(cache, 1, "exists", "remove", "exists", "b", "exists"))
          .containsExactly(true, false, true);
      assertThat(invoke(cache, 2, "exists", "b", "exists", "remove", "exists"))
          .containsExactly(false, true, false);
    }
  }

  @Nested
  @DisplayName("place 30: values that can be changed")
  class Values {
    private final RecordingWriter<Integer, ArrayList<String>> listWriter = new RecordingWriter<>();

    private TheineConfiguration<Integer, ArrayList<String>> lists() {
      TheineConfiguration<Integer, ArrayList<String>> configuration = caches.configuration();
      return configuration
          .setReadThrough(true)
          .setCacheLoaderFactory(() -> new RecordingLoader<>(key -> list("loaded")))
          .setWriteThrough(true)
          .setCacheWriterFactory(() -> listWriter);
    }

    private static ArrayList<String> list(String... elements) {
      return new ArrayList<>(Arrays.asList(elements));
    }

    @Test
    void getValue_changedWithoutSet_leavesTheCacheAlone() {
      TheineCache<Integer, ArrayList<String>> cache = caches.create(lists());
      cache.put(1, list("a"));
      EntryProcessor<Integer, ArrayList<String>, ArrayList<String>> adding =
          (entry, arguments) -> {
            ArrayList<String> value = entry.getValue();
            value.add("x");
            assertThat(entry.getValue()).doesNotContain("x");
            return value;
          };

      ArrayList<String> present = cache.invoke(1, adding);
      assertThat(cache.get(1)).containsExactly("a");
      present.add("y");
      assertThat(cache.get(1)).containsExactly("a");

      ArrayList<String> loaded = cache.invoke(2, adding);
      assertThat(cache.get(2)).containsExactly("loaded");
      loaded.add("y");
      assertThat(cache.get(2)).containsExactly("loaded");
    }

    @Test
    void setValue_changedAfterwards_leavesWhatWasSet() {
      TheineCache<Integer, ArrayList<String>> cache = caches.create(lists());
      ArrayList<String> value = list("a");

      cache.invoke(
          1,
          (entry, arguments) -> {
            entry.setValue(value);
            value.add("x");
            assertThat(entry.getValue()).containsExactly("a").isNotSameAs(value);
            return null;
          });
      value.add("y");

      assertThat(cache.get(1)).containsExactly("a");
      assertThat(listWriter.take()).containsExactly("write 1=[a]");
    }

    @Test
    void getValue_byReference_isTheObjectItself() {
      TheineCache<Integer, ArrayList<String>> cache = caches.create(lists().setStoreByValue(false));
      ArrayList<String> value = list("a");
      cache.put(1, value);

      assertThat(cache.<ArrayList<String>>invoke(1, (entry, arguments) -> entry.getValue()))
          .isSameAs(value);
    }
  }

  @Nested
  @DisplayName("place 31: failures")
  class Failures {
    private void assertUntouched(TheineCache<Integer, String> cache) {
      assertThat(writer.take()).isEmpty();
      assertThat(listener.take()).isEmpty();
      assertThat(Caches.statistics(cache).getCachePuts()).isZero();
      assertThat(Caches.statistics(cache).getCacheRemovals()).isZero();
      assertThat(cache.get(1)).isEqualTo("a");
      assertThat(cache.containsKey(2)).isFalse();
    }

    private EntryProcessor<Integer, String, String> failing(Exception failure, String... steps) {
      return (entry, arguments) -> {
        process(entry, (Object[]) steps);
        throw Failures.<RuntimeException>sneaked(failure);
      };
    }

    @SuppressWarnings("unchecked") // what a processor throws need not be a runtime exception
    private static <T extends Exception> T sneaked(Exception failure) throws T {
      throw (T) failure;
    }

    @Test
    void invoke_processorThrows_changesNothingAndIsWrapped() {
      TheineCache<Integer, String> cache = writeThrough();
      for (Exception failure :
          List.of(
              new ArithmeticException(),
              new IllegalStateException(),
              new NullPointerException(),
              new CacheWriterException("not the writer's"),
              new Exception("checked"))) {
        for (String[] steps :
            List.of(
                new String[] {"get"},
                new String[] {"b"},
                new String[] {"remove"},
                new String[] {"remove", "b"})) {
          for (int key : List.of(1, 2)) {
            assertThatThrownBy(() -> cache.invoke(key, failing(failure, steps)))
                .isExactlyInstanceOf(EntryProcessorException.class)
                .hasCause(failure)
                .hasMessageContaining(cache.getName());
          }
        }
      }
      assertUntouched(cache);
    }

    @Test
    void invoke_processorThrowsTheSpecifiedType_isRethrown() {
      TheineCache<Integer, String> cache = writeThrough();
      EntryProcessorException failure = new EntryProcessorException("mine");

      assertThatThrownBy(() -> cache.invoke(1, failing(failure, "b"))).isSameAs(failure);

      assertUntouched(cache);
    }

    @Test
    void invoke_processorThrowsAnError_changesNothing() {
      TheineCache<Integer, String> cache = writeThrough();
      AssertionError failure = new AssertionError("in a processor");

      assertThatThrownBy(
              () ->
                  cache.invoke(
                      1,
                      (entry, arguments) -> {
                        entry.setValue("b");
                        throw failure;
                      }))
          .isSameAs(failure);

      assertUntouched(cache);
    }

    @Test
    void invoke_writerThrows_isOfJCachesTypes() {
      TheineCache<Integer, String> cache = writeThrough();
      writer.failFor(key -> true);
      for (String step : List.of("b", "remove")) {
        for (int key : List.of(1, 2)) {
          assertThatThrownBy(() -> invoke(cache, key, step))
              .isInstanceOfAny(EntryProcessorException.class, CacheWriterException.class)
              .hasRootCauseInstanceOf(ArithmeticException.class);
        }
      }
      assertUntouched(cache);
    }

    @Test
    void invoke_loaderThrows_isWrapped() {
      loader =
          new RecordingLoader<>(
              key -> {
                throw new ArithmeticException("no " + key);
              });
      TheineCache<Integer, String> cache = readAndWriteThrough();

      assertThatThrownBy(() -> invoke(cache, 2, "get"))
          .isInstanceOf(EntryProcessorException.class)
          .hasCauseInstanceOf(CacheLoaderException.class)
          .hasRootCauseInstanceOf(ArithmeticException.class);

      assertUntouched(cache);
    }

    @Test
    void invoke_setsNull_isWrapped() {
      TheineCache<Integer, String> cache = writeThrough();

      assertThatThrownBy(
              () ->
                  cache.invoke(
                      1,
                      (entry, arguments) -> {
                        entry.setValue(null);
                        return null;
                      }))
          .isInstanceOf(EntryProcessorException.class)
          .hasCauseInstanceOf(NullPointerException.class);

      assertUntouched(cache);
    }

    @Test
    void invoke_processorThrowsAfterAnExpiry_staysExpired() {
      TheineCache<Integer, String> cache =
          withOne(
              configuration()
                  .setExpiryPolicyFactory(
                      CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_MINUTE)));
      caches.advance(java.time.Duration.ofMinutes(1));

      assertThatThrownBy(() -> cache.invoke(1, failing(new ArithmeticException(), "b")))
          .isInstanceOf(EntryProcessorException.class);

      cache.put(1, "c");
      assertThat(listener.take()).containsExactly("EXPIRED 1=a was a", "CREATED 1=c");
    }

    @Test
    void invokeAll_someFail_tellsByKeyAndLeavesNullsOut() {
      TheineCache<Integer, String> cache = writeThrough();
      writer.failFor(key -> key.equals(4));
      ArithmeticException failure = new ArithmeticException("in a processor");

      Map<Integer, EntryProcessorResult<String>> results =
          cache.invokeAll(
              Set.of(1, 2, 3, 4),
              (entry, arguments) -> {
                entry.setValue("b");
                switch (entry.getKey()) {
                  case 2:
                    return null;
                  case 3:
                    throw failure;
                  default:
                    return "result " + entry.getKey();
                }
              });

      assertThat(results).containsOnlyKeys(1, 3, 4);
      assertThat(results.get(1).get()).isEqualTo("result 1");
      assertThatThrownBy(() -> results.get(3).get())
          .isInstanceOf(EntryProcessorException.class)
          .hasCause(failure);
      assertThatThrownBy(() -> results.get(4).get())
          .isInstanceOf(EntryProcessorException.class)
          .hasRootCauseInstanceOf(ArithmeticException.class);
      Map<Integer, String> contents = new LinkedHashMap<>();
      cache.forEach(entry -> contents.put(entry.getKey(), entry.getValue()));
      assertThat(contents).containsOnly(Map.entry(1, "b"), Map.entry(2, "b"));
    }

    @Test
    void entry_keptAfterTheProcessor_isOfNoUse() {
      TheineCache<Integer, String> cache = writeThrough();
      List<MutableEntry<Integer, String>> kept = new ArrayList<>();
      cache.invoke(1, (entry, arguments) -> kept.add(entry));

      assertThatThrownBy(() -> kept.get(0).setValue("b")).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> kept.get(0).remove()).isInstanceOf(IllegalStateException.class);

      assertUntouched(cache);
    }
  }
}
