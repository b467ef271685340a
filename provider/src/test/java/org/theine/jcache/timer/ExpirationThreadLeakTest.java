package org.theine.jcache.timer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application that was the first to need the thread can go while the thread stays. */
class ExpirationThreadLeakTest {
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void thread_startedByAnApplication_doesNotKeepItsClassLoader() throws Exception {
    CountDownLatch called = new CountDownLatch(2);
    ExpirationThread.Task task = called::countDown;
    ExpirationThread expiration = new ExpirationThread(Clock.system(), 1_000_000);
    WeakReference<ClassLoader> loader = callFromAnApplication(() -> expiration.add(task));
    assertThat(called.await(30, SECONDS)).as("called in time").isTrue();
    Thread thread = Objects.requireNonNull(expiration.thread());
    while (loader.get() != null) { // until the time limit of the test
      System.gc();
      Thread.sleep(10);
    }
    assertThat(thread.isAlive()).isTrue();
    expiration.remove(task);
    thread.join();
  }

  private static WeakReference<ClassLoader> callFromAnApplication(Runnable action)
      throws ReflectiveOperationException {
    ClassLoader loader = new ApplicationLoader();
    @SuppressWarnings("unchecked")
    Consumer<Runnable> application =
        (Consumer<Runnable>)
            loader.loadClass(Application.class.getName()).getConstructor().newInstance();
    assertThat(application.getClass().getClassLoader()).isSameAs(loader);
    application.accept(action);
    return new WeakReference<>(loader);
  }

  /** Stands on the stack when the thread is made. */
  public static final class Application implements Consumer<Runnable> {
    /** Called by reflection. */
    public Application() {}

    @Override
    public void accept(Runnable action) {
      action.run();
    }
  }

  /** Defines the application's class itself, as that of a web application would. */
  private static final class ApplicationLoader extends ClassLoader {
    ApplicationLoader() {
      super(ExpirationThreadLeakTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(Application.class.getName())) {
        return super.loadClass(name, resolve);
      }
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = Objects.requireNonNull(getParent().getResourceAsStream(file), file)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
