package org.theine.jcache.integration;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.theine.jcache.integration.Expiration.ETERNAL;
import static org.theine.jcache.integration.Expiration.LONGEST;
import static org.theine.jcache.integration.Expiration.UNCHANGED;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.Test;

class ExpirationTest {

  private static final long MINUTE = MINUTES.toNanos(1);

  @Test
  void of_eternal_neverExpiresAndAsksNobody() {
    Expiration expiration = Expiration.of("users", EternalExpiryPolicy.factoryOf());

    assertAnswers(expiration, ETERNAL, UNCHANGED, UNCHANGED);
    assertThat(expiration.isEternal()).isTrue();
    assertThat(expiration.touches()).isFalse();
    assertThat(expiration.asksUser()).isFalse();
  }

  @Test
  void of_created_setsTheDeadlineOnce() {
    Expiration expiration =
        Expiration.of("users", CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE));

    assertAnswers(expiration, MINUTE, UNCHANGED, UNCHANGED);
    assertThat(expiration.isEternal()).isFalse();
    assertThat(expiration.touches()).isFalse();
    assertThat(expiration.asksUser()).isFalse();
  }

  @Test
  void of_modified_setsTheDeadlineAtUpdates() {
    Expiration expiration =
        Expiration.of("users", ModifiedExpiryPolicy.factoryOf(Duration.ONE_MINUTE));

    assertAnswers(expiration, MINUTE, MINUTE, UNCHANGED);
    assertThat(expiration.touches()).isFalse();
  }

  @Test
  void of_accessed_setsTheDeadlineAtReads() {
    Expiration expiration =
        Expiration.of("users", AccessedExpiryPolicy.factoryOf(Duration.ONE_MINUTE));

    assertAnswers(expiration, MINUTE, UNCHANGED, MINUTE);
    assertThat(expiration.touches()).isTrue();
  }

  @Test
  void of_touched_setsTheDeadlineAlways() {
    Expiration expiration =
        Expiration.of("users", TouchedExpiryPolicy.factoryOf(Duration.ONE_MINUTE));

    assertAnswers(expiration, MINUTE, MINUTE, MINUTE);
    assertThat(expiration.touches()).isTrue();
  }

  @Test
  void of_touchedForEver_isEternal() {
    Expiration expiration = Expiration.of("users", TouchedExpiryPolicy.factoryOf(Duration.ETERNAL));

    assertAnswers(expiration, ETERNAL, ETERNAL, ETERNAL);
    assertThat(expiration.isEternal()).isTrue();
    assertThat(expiration.touches()).isFalse();
  }

  @Test
  void of_zeroDuration_answersZero() {
    Expiration expiration = Expiration.of("users", TouchedExpiryPolicy.factoryOf(Duration.ZERO));

    assertAnswers(expiration, 0, 0, 0);
    assertThat(expiration.isEternal()).isFalse();
  }

  @Test
  void creation_durationBeyondTheClock_isEternal() {
    assertThat(created(new Duration(DAYS, Long.MAX_VALUE)).isEternal()).isTrue();
    assertThat(created(new Duration(DAYS, 106_752)).isEternal()).isTrue();
    assertThat(created(new Duration(MILLISECONDS, LONGEST / 1_000_000 + 1)).isEternal()).isTrue();
    assertThat(created(new Duration(MILLISECONDS, LONGEST / 1_000_000)).creation())
        .isEqualTo(LONGEST / 1_000_000 * 1_000_000);
  }

  @Test
  void asks_constantPolicy_onceAtTheBeginning() {
    CountingDuration duration = new CountingDuration();
    Expiration expiration = created(duration);

    int callsBefore = duration.calls;
    assertAnswers(expiration, MINUTE, UNCHANGED, UNCHANGED);

    assertThat(callsBefore).isEqualTo(1);
    assertThat(duration.calls).isEqualTo(1);
  }

  @Test
  void asks_customPolicy_atEachCall() {
    Changing policy = new Changing();
    Expiration expiration = Expiration.of("users", () -> policy);
    assertThat(policy.calls).isZero();

    policy.answer = Duration.ONE_MINUTE;
    assertAnswers(expiration, MINUTE, MINUTE, MINUTE);
    policy.answer = Duration.ZERO;
    assertAnswers(expiration, 0, 0, 0);
    policy.answer = Duration.ETERNAL;
    assertAnswers(expiration, ETERNAL, ETERNAL, ETERNAL);

    assertThat(policy.calls).isEqualTo(9);
    assertThat(expiration.asksUser()).isTrue();
    assertThat(expiration.touches()).isTrue();
    assertThat(expiration.isEternal()).isFalse();
  }

  @Test
  void answers_customPolicySaysNull_areTheDefaults() {
    assertAnswers(Expiration.of("users", Changing::new), ETERNAL, UNCHANGED, UNCHANGED);
  }

  @Test
  void answers_customPolicyThrows_areTheDefaultsAndLoggedOnce() {
    Changing policy = new Changing();
    policy.failure = new IllegalStateException("no idea");
    Expiration expiration = Expiration.of("users", () -> policy);

    List<LogRecord> logged =
        logOf(
            () -> {
              assertAnswers(expiration, ETERNAL, UNCHANGED, UNCHANGED);
              assertAnswers(expiration, ETERNAL, UNCHANGED, UNCHANGED);
            });

    assertThat(logged).hasSize(1);
    assertThat(logged.get(0).getMessage()).contains("cache 'users'");
    assertThat(logged.get(0).getThrown()).isSameAs(policy.failure);
  }

  @Test
  void answers_constantPolicyWithABrokenDuration_areTheDefaults() {
    List<LogRecord> logged =
        logOf(
            () ->
                assertAnswers(
                    Expiration.of("users", TouchedExpiryPolicy.factoryOf(new BrokenDuration())),
                    ETERNAL,
                    UNCHANGED,
                    UNCHANGED));

    assertThat(logged).hasSize(1);
  }

  @Test
  void answers_negativeDuration_isZero() {
    Changing policy = new Changing();
    policy.answer = new NegativeDuration();

    assertThat(Expiration.of("users", () -> policy).update()).isZero();
  }

  @Test
  void answers_customPolicyThrowsAnError_passes() {
    Changing policy = new Changing();
    policy.error = new AssertionError("broken");
    Expiration expiration = Expiration.of("users", () -> policy);

    assertThatThrownBy(expiration::access).isSameAs(policy.error);
  }

  @Test
  void of_factoryWithoutPolicy_fails() {
    IllegalStateException cause = new IllegalStateException("no policy");
    Factory<ExpiryPolicy> throwing =
        () -> {
          throw cause;
        };

    assertThatThrownBy(() -> Expiration.of("users", () -> null))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("cache 'users' returned null");
    assertThatThrownBy(() -> Expiration.of("users", throwing))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("cache 'users' failed")
        .hasCause(cause);
  }

  @Test
  void close_policyThatCanBeClosed_closesIt() {
    Changing policy = new Changing();

    Expiration.of("users", () -> policy).close(new Closing());

    assertThat(policy.closed).isEqualTo(1);
  }

  private static Expiration created(Duration duration) {
    return Expiration.of("users", CreatedExpiryPolicy.factoryOf(duration));
  }

  private static void assertAnswers(
      Expiration expiration, long creation, long update, long access) {
    assertThat(List.of(expiration.creation(), expiration.update(), expiration.access()))
        .containsExactly(creation, update, access);
  }

  /** What the class under test logs meanwhile, which goes nowhere else. */
  private static List<LogRecord> logOf(Runnable action) {
    List<LogRecord> records = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord log) {
            records.add(log);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(Expiration.class.getName());
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      action.run();
    } finally {
      logger.setUseParentHandlers(true);
      logger.removeHandler(handler);
    }
    return records;
  }

  /** Answers everything alike, as the test says. */
  private static final class Changing implements ExpiryPolicy, Closeable {

    private Duration answer;
    private RuntimeException failure;
    private Error error;
    private int calls;
    private int closed;

    @Override
    public Duration getExpiryForCreation() {
      return answer();
    }

    @Override
    public Duration getExpiryForUpdate() {
      return answer();
    }

    @Override
    public Duration getExpiryForAccess() {
      return answer();
    }

    @Override
    public void close() {
      closed++;
    }

    private Duration answer() {
      calls++;
      if (error != null) {
        throw error;
      }
      if (failure != null) {
        throw failure;
      }
      return answer;
    }
  }

  private static final class BrokenDuration extends Duration {

    private static final long serialVersionUID = 1L;

    BrokenDuration() {
      super(MINUTES, 1);
    }

    @Override
    public long getDurationAmount() {
      throw new IllegalStateException("broken");
    }
  }

  private static final class CountingDuration extends Duration {

    private static final long serialVersionUID = 1L;

    private int calls;

    CountingDuration() {
      super(MINUTES, 1);
    }

    @Override
    public long getDurationAmount() {
      calls++;
      return super.getDurationAmount();
    }
  }

  private static final class NegativeDuration extends Duration {

    private static final long serialVersionUID = 1L;

    NegativeDuration() {
      super(MINUTES, 1);
    }

    @Override
    public long getDurationAmount() {
      return -1;
    }
  }
}
