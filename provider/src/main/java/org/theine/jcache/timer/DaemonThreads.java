package org.theine.jcache.timer;

import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/** Makes threads that keep nothing of the application that happened to need them first. */
public final class DaemonThreads {
  /*
   * A thread may serve the caches of many applications and outlive the one whose operation made it,
   * so it must not hold that one's class loader. Hence no context class loader, no inherited thread
   * locals, the root thread group, and an access control context of this class alone; otherwise a
   * thread keeps that of its creator, with the class loader of every caller on the stack.
   */

  private DaemonThreads() {}

  /**
   * Makes a thread, to be started by the caller.
   *
   * @param name its name
   * @param task what it runs
   * @return a new daemon thread
   */
  // Of what is to be removed from Java there is no replacement in 17, where a thread inherits the
  // context of its creator.
  @SuppressWarnings("removal")
  public static Thread create(String name, Runnable task) {
    return AccessController.doPrivileged(
        (PrivilegedAction<Thread>)
            () -> {
              Thread created = new Thread(rootGroup(), task, name, 0, false);
              created.setDaemon(true);
              created.setPriority(Thread.NORM_PRIORITY);
              created.setContextClassLoader(null);
              return created;
            });
  }

  private static @Nullable ThreadGroup rootGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group != null && group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}
