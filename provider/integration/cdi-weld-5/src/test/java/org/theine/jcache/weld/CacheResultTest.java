package org.theine.jcache.weld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheException;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code @CacheResult}: each member of it, hits and misses, results and exceptions. */
final class CacheResultTest {
  private static final AtomicInteger RUNS = new AtomicInteger();

  /** Its methods count how often they run, and throw what they are told. */
  static class Service {
    static @Nullable Throwable toThrow;

    private static int run() throws Exception {
      RUNS.incrementAndGet();
      if (toThrow instanceof Error error) {
        throw error;
      }
      if (toThrow != null) {
        throw (Exception) toThrow;
      }
      return RUNS.get();
    }

    @CacheResult(cacheName = "numbers")
    Integer number(String key) throws Exception {
      return run();
    }

    @CacheResult(cacheName = "primitives")
    int primitive(String key) throws Exception {
      return run();
    }

    @CacheResult(cacheName = "nothing")
    @Nullable String nothing(String key) throws Exception {
      run();
      return null;
    }

    @CacheResult(cacheName = "skipped", skipGet = true, exceptionCacheName = "skippedFailures")
    Integer skipping(String key) throws Exception {
      return run();
    }

    @CacheResult(cacheName = "lists")
    List<String> list() throws Exception {
      run();
      return new ArrayList<>(List.of("a"));
    }

    @CacheResult(cacheName = "objects")
    Object notSerializable(String key) throws Exception {
      run();
      return new Object();
    }

    @CacheResult(cacheName = "keyed")
    Integer keyed(String other, @CacheKey String first, @CacheKey int second) throws Exception {
      return run();
    }

    @CacheResult(cacheName = "all", exceptionCacheName = "failures")
    Integer anyException(String key) throws Exception {
      return run();
    }

    @CacheResult(exceptionCacheName = "listed", cachedExceptions = IOException.class)
    void listed(String key) throws Exception {
      run();
    }

    @CacheResult(exceptionCacheName = "unlisted", nonCachedExceptions = IOException.class)
    void unlisted(String key) throws Exception {
      run();
    }

    @CacheResult(
        exceptionCacheName = "both",
        cachedExceptions = Exception.class,
        nonCachedExceptions = RuntimeException.class)
    void both(String key) throws Exception {
      run();
    }

    @CacheResult(exceptionCacheName = "errors", cachedExceptions = AssertionError.class)
    void errors(String key) throws Exception {
      run();
    }
  }

  private static final Container CONTAINER = new Container(Service.class);

  private final Service service = CONTAINER.get(Service.class);

  private interface Call {
    void run() throws Exception;
  }

  @BeforeEach
  void forget() {
    RUNS.set(0);
    Service.toThrow = null;
  }

  @AfterEach
  void closeCaches() {
    Container.manager().close();
  }

  @AfterAll
  static void close() {
    CONTAINER.close();
  }

  @Test
  void result_secondCall_comesFromTheCache() throws Exception {
    Container.counted("numbers");

    assertThat(service.number("a")).isEqualTo(1);
    assertThat(service.number("a")).isEqualTo(1);
    assertThat(service.number("b")).isEqualTo(2);

    assertThat(RUNS).hasValue(2);
    assertThat(Container.count("numbers", "CacheHits")).isEqualTo(1);
    assertThat(Container.count("numbers", "CacheMisses")).isEqualTo(2);
    assertThat(Container.count("numbers", "CachePuts")).isEqualTo(2);
  }

  @Test
  void result_ofAPrimitiveType_isCached() throws Exception {
    assertThat(service.primitive("a")).isEqualTo(1);
    assertThat(service.primitive("a")).isEqualTo(1);
  }

  @Test
  void result_null_isNotCached() throws Exception {
    Container.counted("nothing");

    assertThat(service.nothing("a")).isNull();
    assertThat(service.nothing("a")).isNull();

    assertThat(RUNS).hasValue(2);
    assertThat(Container.count("nothing", "CacheMisses")).isEqualTo(2);
    assertThat(Container.count("nothing", "CachePuts")).isZero();
  }

  @Test
  void result_changedByTheCaller_isAnotherForTheNext() throws Exception {
    service.list().add("b");
    service.list().add("c");

    assertThat(service.list()).containsExactly("a");
    assertThat(RUNS).hasValue(1);
  }

  @Test
  void result_thatTheCacheCannotTake_failsAsPutDoes() {
    assertThatThrownBy(() -> service.notSerializable("a")).isInstanceOf(CacheException.class);
    assertThat(RUNS).hasValue(1);
  }

  @Test
  void skipGet_knownResult_runsAgainAndReplaces() throws Exception {
    Container.counted("skipped");

    assertThat(service.skipping("a")).isEqualTo(1);
    assertThat(service.skipping("a")).isEqualTo(2);

    assertThat(Container.count("skipped", "CacheGets")).isZero();
    assertThat(Container.count("skipped", "CachePuts")).isEqualTo(2);
  }

  @Test
  void skipGet_knownException_runsAgainAndKeepsTheNew() throws Exception {
    Container.counted("skippedFailures");
    Service.toThrow = new IOException("old");
    assertThatThrownBy(() -> service.skipping("a")).hasMessage("old");
    Service.toThrow = new IOException("new");

    assertThatThrownBy(() -> service.skipping("a")).hasMessage("new");

    assertThat(Container.count("skippedFailures", "CacheGets")).isZero();
    assertThat(Container.count("skippedFailures", "CachePuts")).isEqualTo(2);
  }

  @Test
  void keyParameters_equal_areOneKeyWhateverTheOthers() throws Exception {
    service.keyed("x", "a", 1);
    service.keyed("y", "a", 1);
    service.keyed("x", "a", 2);
    service.keyed("x", "b", 1);

    assertThat(RUNS).hasValue(3);
  }

  @Test
  void exception_withoutACacheForIt_isThrownByTheMethodEachTime() {
    Service.toThrow = new IOException("down");

    assertThatThrownBy(() -> service.number("a")).isSameAs(Service.toThrow);
    assertThatThrownBy(() -> service.number("a")).isSameAs(Service.toThrow);

    assertThat(RUNS).hasValue(2);
    assertThat(Container.size("numbers")).isZero();
  }

  @Test
  void exception_withACacheForIt_isThrownAgainWithoutTheMethod() throws Exception {
    Container.counted("failures");
    Service.toThrow = new IOException("down");
    assertThatThrownBy(() -> service.anyException("a")).isSameAs(Service.toThrow);
    Service.toThrow = null;

    assertThatThrownBy(() -> service.anyException("a"))
        .isInstanceOf(IOException.class)
        .hasMessage("down");
    assertThat(service.anyException("b")).isEqualTo(2);

    assertThat(RUNS).hasValue(2);
    assertThat(Container.count("failures", "CacheHits")).isEqualTo(1);
    assertThat(Container.size("all")).isEqualTo(1);
  }

  @Test
  void exception_runtimeOne_isCachedToo() {
    Service.toThrow = new IllegalStateException("down");

    assertThat(runsOfTwoCalls(() -> service.anyException("a"))).isEqualTo(1);
  }

  @Test
  void error_notListed_isNotCached() {
    Service.toThrow = new AssertionError("broken");

    assertThat(runsOfTwoCalls(() -> service.anyException("a"))).isEqualTo(2);
    assertThat(runsOfTwoCalls(() -> service.unlisted("a"))).isEqualTo(2);
  }

  @Test
  void error_listed_isCached() {
    Service.toThrow = new AssertionError("broken");

    assertThat(runsOfTwoCalls(() -> service.errors("a"))).isEqualTo(1);
  }

  @Test
  void cachedExceptions_alone_areThoseCached() {
    Service.toThrow = new FileNotFoundException("listed by its superclass");
    assertThat(runsOfTwoCalls(() -> service.listed("a"))).isEqualTo(1);

    Service.toThrow = new InterruptedException("not listed");
    assertThat(runsOfTwoCalls(() -> service.listed("b"))).isEqualTo(2);
  }

  @Test
  void nonCachedExceptions_alone_areThoseNotCached() {
    Service.toThrow = new FileNotFoundException("listed by its superclass");
    assertThat(runsOfTwoCalls(() -> service.unlisted("a"))).isEqualTo(2);

    Service.toThrow = new InterruptedException("not listed");
    assertThat(runsOfTwoCalls(() -> service.unlisted("b"))).isEqualTo(1);
  }

  @Test
  void bothLists_exceptionInBoth_isNotCached() {
    Service.toThrow = new IllegalStateException("in both");
    assertThat(runsOfTwoCalls(() -> service.both("a"))).isEqualTo(2);

    Service.toThrow = new IOException("in the first");
    assertThat(runsOfTwoCalls(() -> service.both("b"))).isEqualTo(1);
  }

  @Test
  void exception_thatTheCacheCannotTake_isThrownWithTheFailureInIt() {
    Service.toThrow = new NotSerializable();

    assertThatThrownBy(() -> service.anyException("a"))
        .isSameAs(Service.toThrow)
        .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
  }

  private static int runsOfTwoCalls(Call call) {
    int before = RUNS.get();
    assertThatThrownBy(call::run).hasMessage(messageOf(Service.toThrow));
    assertThatThrownBy(call::run).hasMessage(messageOf(Service.toThrow));
    return RUNS.get() - before;
  }

  private static @Nullable String messageOf(@Nullable Throwable thrown) {
    return thrown == null ? null : thrown.getMessage();
  }

  private static final class NotSerializable extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings({"serial", "unused"})
    private final Object part = new Object();
  }
}
