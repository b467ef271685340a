package org.theine.jcache.management;

import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;
import javax.cache.CacheException;
import javax.cache.management.CacheMXBean;
import javax.cache.management.CacheStatisticsMXBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Registers the beans of one cache in the platform's MBean server, and takes them away again. Safe
 * for use by any thread.
 */
public final class MBeans {
  /*
   * The two beans of the specification are javax.cache:type=CacheStatistics,CacheManager=<uri>,
   * Cache=<name>, and the same with CacheConfiguration for the type. Our own is
   * org.theine.jcache:type=TheineCache,CacheManager=<uri>,Cache=<name>: in a domain of its own, since
   * the TCK counts the beans of javax.cache. It is there as long as one of the other two is. Who has
   * enabled either wants to see the cache from outside, and size and bound are worth seeing without
   * statistics too; a cache with neither leaves no trace, as the specification wants it.
   *
   * The characters that have a meaning in such a name are replaced by dots. So two caches may come to
   * one name, and the same cache may live twice, in two class loaders of one machine. Who comes second
   * gets "#2" after the name of the cache, who comes third "#3", and so on. All beans of a cache have
   * the same number if it is free for all.
   *
   * Only a bean that this object registered is ever unregistered by it: its name is kept in a field.
   * After close() nothing is registered any more, so enabling a bean cannot outlive the cache.
   */

  private static final String STANDARD = "javax.cache";
  private static final String OWN = "org.theine.jcache";

  private static final Pattern SPECIAL = Pattern.compile("[,:=\\n*?\"]");

  private static final int MAXIMUM_NUMBER = 10_000;

  private final String managerUri;
  private final String cacheName;

  // guarded by the monitor, all five
  private final Bean statistics;
  private final Bean management;
  private final Bean own;
  private int number = 1;
  private boolean closed;

  /**
   * Makes the registration of a cache, with nothing registered.
   *
   * @param managerUri the URI of the cache's manager
   * @param cacheName the name of the cache, any string
   * @param statistics the bean of its statistics
   * @param management the bean of its configuration
   * @param own the bean with what the specification has no place for, an MXBean
   */
  public MBeans(
      String managerUri,
      String cacheName,
      CacheStatisticsMXBean statistics,
      CacheMXBean management,
      Object own) {
    this.managerUri = managerUri;
    this.cacheName = cacheName;
    this.statistics = new Bean(STANDARD, "CacheStatistics", statistics);
    this.management = new Bean(STANDARD, "CacheConfiguration", management);
    this.own = new Bean(OWN, "TheineCache", own);
  }

  /**
   * Registers or unregisters the bean of the statistics. Idempotent; without effect after {@link
   * #close}.
   *
   * @param registered whether the bean is to be registered
   * @throws CacheException if the MBean server refuses
   */
  public synchronized void setStatisticsRegistered(boolean registered) {
    setRegistered(statistics, registered);
  }

  /**
   * Registers or unregisters the bean of the configuration. Idempotent; without effect after {@link
   * #close}.
   *
   * @param registered whether the bean is to be registered
   * @throws CacheException if the MBean server refuses
   */
  public synchronized void setManagementRegistered(boolean registered) {
    setRegistered(management, registered);
  }

  // requires the monitor
  private void setRegistered(Bean bean, boolean registered) {
    bean.setRegistered(registered);
    own.setRegistered(statistics.name != null || management.name != null);
  }

  /**
   * Unregisters what is registered, for good. Idempotent.
   *
   * @throws CacheException if the MBean server refuses; all beans were tried
   */
  public synchronized void close() {
    closed = true;
    try {
      statistics.setRegistered(false);
    } finally {
      try {
        management.setRegistered(false);
      } finally {
        own.setRegistered(false);
      }
    }
  }

  /**
   * Returns the name of a bean.
   *
   * @param domain {@code javax.cache} or {@code org.theine.jcache}
   * @param type {@code CacheStatistics}, {@code CacheConfiguration} or {@code TheineCache}
   * @param managerUri the URI of the manager
   * @param cacheName the name of the cache
   * @param number which of several caches of this name, from 1
   */
  static ObjectName nameOf(
      String domain, String type, String managerUri, String cacheName, int number)
      throws MalformedObjectNameException {
    String suffix = (number == 1) ? "" : "#" + number;
    return new ObjectName(
        domain
            + ":type="
            + type
            + ",CacheManager="
            + sanitise(managerUri)
            + ",Cache="
            + sanitise(cacheName)
            + suffix);
  }

  private static String sanitise(String text) {
    return SPECIAL.matcher(text).replaceAll(".");
  }

  /** Registers the bean, or returns false if the name belongs to another. */
  private static boolean registered(MBeanServer server, ObjectName name, Object bean)
      throws JMException {
    try {
      server.registerMBean(bean, name);
      return true;
    } catch (InstanceAlreadyExistsException e) {
      return false;
    }
  }

  private CacheException failure(String what, JMException e) {
    return new CacheException("the beans of cache '" + cacheName + "' could not be " + what, e);
  }

  /** A bean, and the name under which it is registered. Guarded by the monitor. */
  private final class Bean {
    private final String domain;
    private final String type;
    private final Object bean;
    private @Nullable ObjectName name;

    Bean(String domain, String type, Object bean) {
      this.domain = domain;
      this.type = type;
      this.bean = bean;
    }

    void setRegistered(boolean registered) {
      if (registered && !closed && name == null) {
        name = register();
      } else if (!registered && name != null) {
        ObjectName gone = name;
        name = null;
        unregister(gone);
      }
    }

    private ObjectName register() {
      try {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (int candidate = number; candidate <= MAXIMUM_NUMBER; candidate++) {
          ObjectName free = nameOf(domain, type, managerUri, cacheName, candidate);
          if (registered(server, free, bean)) {
            number = candidate;
            return free;
          }
        }
      } catch (JMException e) {
        throw failure("registered", e);
      }
      throw new CacheException(
          "the beans of cache '" + cacheName + "' have no free name below #" + MAXIMUM_NUMBER);
    }

    private void unregister(ObjectName gone) {
      try {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(gone);
      } catch (InstanceNotFoundException e) {
        // somebody else took it away, which is what was wanted
      } catch (JMException e) {
        throw failure("unregistered", e);
      }
    }
  }
}
