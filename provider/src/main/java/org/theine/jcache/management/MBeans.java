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
 * Registers the two beans of one cache in the platform's MBean server, and takes them away again.
 * Safe for use by any thread.
 */
public final class MBeans {
  /*
   * A bean's name is javax.cache:type=CacheStatistics,CacheManager=<uri>,Cache=<name>, or with
   * CacheConfiguration for the type, where the characters that have a meaning in such a name are
   * replaced by dots. So two caches may come to one name, and the same cache may live twice, in two
   * class loaders of one machine. Who comes second gets "#2" after the name of the cache, who comes
   * third "#3", and so on. Both beans of a cache have the same number if it is free for both.
   *
   * Only a bean that this object registered is ever unregistered by it: its name is kept in a field.
   * After close() nothing is registered any more, so enabling a bean cannot outlive the cache.
   */

  private static final Pattern SPECIAL = Pattern.compile("[,:=\\n*?\"]");

  private static final int MAXIMUM_NUMBER = 10_000;

  private final String managerUri;
  private final String cacheName;
  private final CacheStatisticsMXBean statistics;
  private final CacheMXBean management;

  // guarded by the monitor, all four
  private @Nullable ObjectName statisticsName;
  private @Nullable ObjectName managementName;
  private int number = 1;
  private boolean closed;

  /**
   * Makes the registration of a cache, with nothing registered.
   *
   * @param managerUri the URI of the cache's manager
   * @param cacheName the name of the cache, any string
   * @param statistics the bean of its statistics
   * @param management the bean of its configuration
   */
  public MBeans(
      String managerUri,
      String cacheName,
      CacheStatisticsMXBean statistics,
      CacheMXBean management) {
    this.managerUri = managerUri;
    this.cacheName = cacheName;
    this.statistics = statistics;
    this.management = management;
  }

  /**
   * Registers or unregisters the bean of the statistics. Idempotent; without effect after {@link
   * #close}.
   *
   * @param registered whether the bean is to be registered
   * @throws CacheException if the MBean server refuses
   */
  public synchronized void setStatisticsRegistered(boolean registered) {
    if (registered && !closed && statisticsName == null) {
      statisticsName = register("CacheStatistics", statistics);
    } else if (!registered && statisticsName != null) {
      ObjectName name = statisticsName;
      statisticsName = null;
      unregister(name);
    }
  }

  /**
   * Registers or unregisters the bean of the configuration. Idempotent; without effect after {@link
   * #close}.
   *
   * @param registered whether the bean is to be registered
   * @throws CacheException if the MBean server refuses
   */
  public synchronized void setManagementRegistered(boolean registered) {
    if (registered && !closed && managementName == null) {
      managementName = register("CacheConfiguration", management);
    } else if (!registered && managementName != null) {
      ObjectName name = managementName;
      managementName = null;
      unregister(name);
    }
  }

  /**
   * Unregisters what is registered, for good. Idempotent.
   *
   * @throws CacheException if the MBean server refuses; both beans were tried
   */
  public synchronized void close() {
    closed = true;
    try {
      setStatisticsRegistered(false);
    } finally {
      setManagementRegistered(false);
    }
  }

  /**
   * Returns the name of a bean.
   *
   * @param type {@code CacheStatistics} or {@code CacheConfiguration}
   * @param managerUri the URI of the manager
   * @param cacheName the name of the cache
   * @param number which of several caches of this name, from 1
   */
  static ObjectName nameOf(String type, String managerUri, String cacheName, int number)
      throws MalformedObjectNameException {
    String suffix = (number == 1) ? "" : "#" + number;
    return new ObjectName(
        "javax.cache:type="
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

  // requires the monitor
  private ObjectName register(String type, Object bean) {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      for (int candidate = number; candidate <= MAXIMUM_NUMBER; candidate++) {
        ObjectName name = nameOf(type, managerUri, cacheName, candidate);
        if (registered(server, name, bean)) {
          number = candidate;
          return name;
        }
      }
    } catch (JMException e) {
      throw failure("registered", e);
    }
    throw new CacheException(
        "the beans of cache '" + cacheName + "' have no free name below #" + MAXIMUM_NUMBER);
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

  private void unregister(ObjectName name) {
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      // somebody else took it away, which is what was wanted
    } catch (JMException e) {
      throw failure("unregistered", e);
    }
  }

  private CacheException failure(String what, JMException e) {
    return new CacheException("the beans of cache '" + cacheName + "' could not be " + what, e);
  }
}
