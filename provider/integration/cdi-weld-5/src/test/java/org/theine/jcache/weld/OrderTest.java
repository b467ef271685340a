package org.theine.jcache.weld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import javax.cache.annotation.CacheDefaults;
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
import org.theine.jcache.cdi.CacheAnnotationsExtension;

/** Where the interceptors stand among those of transactions and of the application. */
final class OrderTest {
  private static final List<String> NOTES = new ArrayList<>();

  /** Stands for {@code @Transactional}. */
  @InterceptorBinding
  @Retention(RetentionPolicy.RUNTIME)
  @interface Transaction {}

  /** Stands for a check of the application. */
  @InterceptorBinding
  @Retention(RetentionPolicy.RUNTIME)
  @interface Checked {}

  /** Commits, with the priority that Jakarta Transactions demands, or fails to. */
  @Transaction
  @Interceptor
  @Priority(Interceptor.Priority.PLATFORM_BEFORE + 200)
  static class Transactions {
    static boolean fails;

    @AroundInvoke
    @Nullable Object around(InvocationContext invocation) throws Exception {
      Object result = invocation.proceed();
      NOTES.add("commit with " + Container.size("users"));
      if (fails) {
        throw new IllegalStateException("rolled back");
      }
      return result;
    }
  }

  /** Refuses, if it is told to. */
  @Checked
  @Interceptor
  @Priority(Interceptor.Priority.APPLICATION)
  static class Checks {
    static boolean refuses;

    @AroundInvoke
    @Nullable Object around(InvocationContext invocation) throws Exception {
      if (refuses) {
        throw new SecurityException("refused");
      }
      return invocation.proceed();
    }
  }

  /** Checked, and in a transaction. */
  @Checked
  @Transaction
  @CacheDefaults(cacheName = "users")
  static class Users {
    @CacheResult
    public int find(int key) {
      return key;
    }

    @CachePut
    public void put(int key, @CacheValue Integer value) {}

    @CacheRemove
    public void remove(int key) {}

    @CacheRemoveAll
    public void clear() {}
  }

  private static final Container CONTAINER =
      new Container(Users.class, Transactions.class, Checks.class);

  private final Users users = CONTAINER.get(Users.class);

  @BeforeEach
  void forget() {
    Container.counted("users");
    NOTES.clear();
    Transactions.fails = false;
    Checks.refuses = false;
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
  void priorities_asDocumented_areAroundTransactionsAndInsideTheApplication() {
    assertThat(CacheAnnotationsExtension.CHANGE_PRIORITY).isEqualTo(150);
    assertThat(CacheAnnotationsExtension.RESULT_PRIORITY).isEqualTo(3000);
  }

  @Test
  void changes_inATransaction_comeAfterItsEnd() {
    users.put(1, 1);
    users.remove(1);
    users.put(2, 2);
    users.clear();

    assertThat(NOTES)
        .containsExactly("commit with 0", "commit with 1", "commit with 0", "commit with 1");
    assertThat(Container.size("users")).isZero();
  }

  @Test
  void changes_ofATransactionThatFails_areNotMade() {
    users.put(1, 1);
    Transactions.fails = true;

    assertThatThrownBy(() -> users.put(2, 2)).hasMessage("rolled back");
    assertThatThrownBy(() -> users.remove(1)).hasMessage("rolled back");
    assertThatThrownBy(() -> users.clear()).hasMessage("rolled back");

    assertThat(Container.size("users")).isEqualTo(1);
  }

  @Test
  void knownResult_refusedByTheApplication_isNotGiven() {
    users.find(1);
    Checks.refuses = true;

    assertThatThrownBy(() -> users.find(1)).isInstanceOf(SecurityException.class);
  }
}
