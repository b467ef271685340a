package org.theine.jcache.weld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code @CachePut}, {@code @CacheRemove} and {@code @CacheRemoveAll}: each member of them. */
final class ChangesTest {
  private static final IOException IO = new IOException("io");
  private static final IllegalStateException STATE = new IllegalStateException("state");
  private static final AssertionError ERROR = new AssertionError("error");

  /** Its methods note how many entries the cache has while they run, and throw what is asked. */
  @CacheDefaults(cacheName = "users")
  static class Users {
    static final List<Integer> SIZES = new ArrayList<>();
    static @Nullable Throwable toThrow;

    private static void run() throws Exception {
      SIZES.add(Container.size("users"));
      if (toThrow instanceof Error error) {
        throw error;
      }
      if (toThrow != null) {
        throw (Exception) toThrow;
      }
    }

    @CacheResult
    String find(int id) {
      return "found " + id;
    }

    @CachePut
    void put(int id, @CacheValue @Nullable String user) throws Exception {
      run();
    }

    @CachePut
    String putKeyed(String ignored, @CacheValue String user, @CacheKey int id) throws Exception {
      run();
      return "returned";
    }

    @CachePut(afterInvocation = false, noCacheFor = Exception.class)
    void putBefore(int id, @CacheValue String user) throws Exception {
      run();
    }

    @CachePut(cacheFor = IOException.class)
    void putFor(int id, @CacheValue String user) throws Exception {
      run();
    }

    @CachePut(noCacheFor = IOException.class)
    void putNotFor(int id, @CacheValue String user) throws Exception {
      run();
    }

    @CachePut(cacheFor = Exception.class, noCacheFor = IOException.class)
    void putBoth(int id, @CacheValue String user) throws Exception {
      run();
    }

    @CachePut(cacheFor = Throwable.class)
    void putForAll(int id, @CacheValue Object user) throws Exception {
      run();
    }

    @CacheRemove
    String remove(int id) throws Exception {
      run();
      return "removed";
    }

    @CacheRemove(afterInvocation = false, noEvictFor = Exception.class)
    void removeBefore(int id) throws Exception {
      run();
    }

    @CacheRemove(evictFor = IOException.class)
    void removeFor(int id) throws Exception {
      run();
    }

    @CacheRemove(noEvictFor = IOException.class)
    void removeNotFor(int id) throws Exception {
      run();
    }

    @CacheRemove(evictFor = Exception.class, noEvictFor = IOException.class)
    void removeBoth(int id) throws Exception {
      run();
    }

    @CacheRemoveAll
    String clear(Object any) throws Exception {
      run();
      return "cleared";
    }

    @CacheRemoveAll(afterInvocation = false, noEvictFor = Exception.class)
    void clearBefore() throws Exception {
      run();
    }

    @CacheRemoveAll(evictFor = IOException.class)
    void clearFor() throws Exception {
      run();
    }

    @CacheRemoveAll(noEvictFor = IOException.class)
    void clearNotFor() throws Exception {
      run();
    }

    @CacheRemoveAll(evictFor = Exception.class, noEvictFor = IOException.class)
    void clearBoth() throws Exception {
      run();
    }
  }

  private static final Container CONTAINER = new Container(Users.class);

  private final Users users = CONTAINER.get(Users.class);

  private interface Call {
    void run() throws Exception;
  }

  @BeforeEach
  void forget() {
    Container.counted("users");
    Users.SIZES.clear();
    Users.toThrow = null;
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
  void put_afterTheMethod_isSeenByTheNextCall() throws Exception {
    users.put(1, "ada");

    assertThat(Users.SIZES).containsExactly(0);
    assertThat(users.find(1)).isEqualTo("ada");
    assertThat(Container.count("users", "CacheHits")).isEqualTo(1);
    assertThat(Container.count("users", "CachePuts")).isEqualTo(1);
  }

  @Test
  void put_withKeyParameters_hasThemAloneInTheKey() throws Exception {
    assertThat(users.putKeyed("x", "ada", 1)).isEqualTo("returned");

    assertThat(users.find(1)).isEqualTo("ada");
  }

  @Test
  void put_beforeTheMethod_holdsWhateverItThrows() {
    Users.toThrow = IO;

    assertThatThrownBy(() -> users.putBefore(1, "ada")).isSameAs(IO);

    assertThat(Users.SIZES).containsExactly(1);
    assertThat(users.find(1)).isEqualTo("ada");
  }

  @Test
  void put_ofNull_failsAfterTheMethodAndNamesIt() {
    assertThatThrownBy(() -> users.put(1, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("ChangesTest$Users.put(int,java.lang.String)")
        .hasMessageContaining("'users'");
    assertThat(Users.SIZES).hasSize(1);
  }

  @Test
  void put_methodThrows_dependsOnTheLists() {
    assertThat(puts(IO, () -> users.put(1, "ada"))).isFalse();
    assertThat(puts(IO, () -> users.putFor(1, "ada"))).isTrue();
    assertThat(puts(STATE, () -> users.putFor(1, "ada"))).isFalse();
    assertThat(puts(IO, () -> users.putNotFor(1, "ada"))).isFalse();
    assertThat(puts(STATE, () -> users.putNotFor(1, "ada"))).isTrue();
    assertThat(puts(IO, () -> users.putBoth(1, "ada"))).isFalse();
    assertThat(puts(STATE, () -> users.putBoth(1, "ada"))).isTrue();
  }

  @Test
  void put_methodThrowsAnError_isDoneOnlyIfListed() {
    assertThat(puts(ERROR, () -> users.put(1, "ada"))).isFalse();
    assertThat(puts(ERROR, () -> users.putNotFor(1, "ada"))).isFalse();
    assertThat(puts(ERROR, () -> users.putForAll(1, "ada"))).isTrue();
  }

  @Test
  void put_methodThrowsAndThePutFails_throwsWhatTheMethodThrew() {
    IOException thrown = new IOException("of the method");
    Users.toThrow = thrown;

    assertThatThrownBy(() -> users.putForAll(1, new Object())).isSameAs(thrown);
    assertThat(thrown.getSuppressed()).hasSize(1);
  }

  @Test
  void remove_afterTheMethod_isSeenByTheNextCall() throws Exception {
    users.find(1);
    users.find(2);

    assertThat(users.remove(1)).isEqualTo("removed");

    assertThat(Users.SIZES).containsExactly(2);
    assertThat(Container.size("users")).isEqualTo(1);
    assertThat(Container.count("users", "CacheRemovals")).isEqualTo(1);
  }

  @Test
  void remove_beforeTheMethod_holdsWhateverItThrows() {
    users.find(1);
    Users.toThrow = IO;

    assertThatThrownBy(() -> users.removeBefore(1)).isSameAs(IO);

    assertThat(Users.SIZES).containsExactly(0);
    assertThat(Container.size("users")).isZero();
  }

  @Test
  void remove_methodThrows_dependsOnTheLists() {
    assertThat(removes(IO, () -> users.remove(1))).isFalse();
    assertThat(removes(IO, () -> users.removeFor(1))).isTrue();
    assertThat(removes(STATE, () -> users.removeFor(1))).isFalse();
    assertThat(removes(IO, () -> users.removeNotFor(1))).isFalse();
    assertThat(removes(STATE, () -> users.removeNotFor(1))).isTrue();
    assertThat(removes(ERROR, () -> users.removeNotFor(1))).isFalse();
    assertThat(removes(IO, () -> users.removeBoth(1))).isFalse();
    assertThat(removes(STATE, () -> users.removeBoth(1))).isTrue();
  }

  @Test
  void removeAll_afterTheMethod_leavesNothing() throws Exception {
    users.find(1);
    users.find(2);

    assertThat(users.clear("any")).isEqualTo("cleared");

    assertThat(Users.SIZES).containsExactly(2);
    assertThat(Container.size("users")).isZero();
    assertThat(Container.count("users", "CacheRemovals")).isEqualTo(2);
  }

  @Test
  void removeAll_beforeTheMethod_holdsWhateverItThrows() {
    users.find(1);
    Users.toThrow = IO;

    assertThatThrownBy(() -> users.clearBefore()).isSameAs(IO);

    assertThat(Users.SIZES).containsExactly(0);
  }

  @Test
  void removeAll_methodThrows_dependsOnTheLists() {
    assertThat(removes(IO, () -> users.clear("any"))).isFalse();
    assertThat(removes(IO, () -> users.clearFor())).isTrue();
    assertThat(removes(STATE, () -> users.clearFor())).isFalse();
    assertThat(removes(IO, () -> users.clearNotFor())).isFalse();
    assertThat(removes(STATE, () -> users.clearNotFor())).isTrue();
    assertThat(removes(IO, () -> users.clearBoth())).isFalse();
    assertThat(removes(STATE, () -> users.clearBoth())).isTrue();
  }

  private static boolean puts(Throwable thrown, Call call) {
    Container.cache("users").clear();
    Users.toThrow = thrown;
    assertThatThrownBy(call::run).isSameAs(thrown);
    return Container.size("users") == 1;
  }

  private boolean removes(Throwable thrown, Call call) {
    Container.cache("users").clear();
    users.find(1);
    Users.toThrow = thrown;
    assertThatThrownBy(call::run).isSameAs(thrown);
    return Container.size("users") == 0;
  }
}
