package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What becomes of values that change and of processors that fail, where the specification says more
 * than its TCK asks.
 */
final class ProcessorFailuresConformanceTest extends ProcessorConformance {
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
