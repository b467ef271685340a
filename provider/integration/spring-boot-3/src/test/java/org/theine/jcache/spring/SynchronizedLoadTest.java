package org.theine.jcache.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** {@code @Cacheable(sync = true)}: one call for all who ask at the same time. */
@Timeout(60)
final class SynchronizedLoadTest {
  private static final int CALLERS = 16;

  /** What a test knows of the service, and how it holds it. */
  static class Control {
    final AtomicInteger calls = new AtomicInteger();
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch gate = new CountDownLatch(1);
    volatile boolean failing;
  }

  /** A service that is as slow as the gate of the test. */
  static class Slow {
    private volatile Control control = new Control();

    public void obey(Control its) {
      control = its;
    }

    @Cacheable(cacheNames = "slow", sync = true)
    public String load(String key) throws InterruptedException {
      Control its = control;
      its.calls.incrementAndGet();
      if (key.equals("held")) {
        its.entered.countDown();
        its.gate.await();
      }
      if (its.failing) {
        throw new IllegalStateException("the database is away");
      }
      return "value of " + key;
    }
  }

  @Import(Applications.Caching.class)
  static class Application {
    @Bean
    Slow slow() {
      return new Slow();
    }
  }

  private static ConfigurableApplicationContext application;

  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
  private final Set<Thread> asking = ConcurrentHashMap.newKeySet();
  private final Control target = new Control();
  private Slow slow;

  @BeforeAll
  static void startApplication() {
    application =
        Applications.start(
            Application.class, "spring.cache.type=jcache", "spring.cache.cache-names=slow");
  }

  @AfterAll
  static void stopApplication() {
    application.close();
  }

  @BeforeEach
  void start() {
    slow = application.getBean(Slow.class);
    slow.obey(target);
    Applications.manager(application).getCache("slow").clear();
  }

  @AfterEach
  void stop() throws InterruptedException {
    target.gate.countDown();
    callers.shutdown();
    assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue(); // nobody is left waiting
  }

  private List<Future<String>> allAsk() throws InterruptedException {
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      answers.add(
          callers.submit(
              () -> {
                asking.add(Thread.currentThread());
                return slow.load("held");
              }));
    }
    target.entered.await();
    while (waiting() < CALLERS) {
      Thread.onSpinWait();
    }
    return answers;
  }

  /** How many callers wait: one at the gate, the others for it. */
  private long waiting() {
    return new HashSet<>(asking)
        .stream()
            .filter(
                thread ->
                    thread.getState() == Thread.State.WAITING
                        || thread.getState() == Thread.State.TIMED_WAITING)
            .count();
  }

  @Test
  void sync_manyCallersOfOneKey_callOnce() throws Exception {
    List<Future<String>> answers = allAsk();
    target.gate.countDown();

    for (Future<String> answer : answers) {
      assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("value of held");
    }
    assertThat(target.calls).hasValue(1);
  }

  @Test
  void sync_whileOneKeyIsLoaded_otherKeysPass() throws Exception {
    allAsk();

    for (int i = 0; i < 1_000; i++) {
      assertThat(slow.load("free " + i)).isEqualTo("value of free " + i);
    }
    assertThat(target.calls).hasValue(1_001);
  }

  @Test
  void sync_aLoadThatFails_throwsItsOwnFailureToTheCaller() {
    target.failing = true;

    assertThatThrownBy(() -> slow.load("broken"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the database is away");
    target.failing = false;
    assertThat(callTo("broken")).isEqualTo("value of broken");
  }

  @Test
  void sync_aLoadThatFailsWithManyWaiting_leavesNobodyWaiting() throws Exception {
    target.failing = true;
    List<Future<String>> answers = allAsk();
    target.gate.countDown();

    for (Future<String> answer : answers) {
      assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IllegalStateException.class);
    }
  }

  private String callTo(String key) {
    try {
      return slow.load(key);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
