package org.theine.jcache.osgi.application;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.spi.CachingProvider;
import javax.management.JMException;
import javax.management.ObjectName;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Uses a cache as an application in a bundle does, and tells what came of it, in classes of the JDK
 * alone. Its class loader is the manager's, and does not see the provider. For one thread.
 */
public final class Application implements Callable<Map<String, Object>> {
  private static final String PROVIDER = "org.theine.jcache.TheineCachingProvider";

  /** Found once, as the provider's loader and its own are looked for in one place. */
  private final ClassLoader own = Application.class.getClassLoader();

  /** Made by the test, through the bundle's class loader. */
  public Application() {}

  /**
   * Makes a manager and a cache, uses them and closes them.
   *
   * @return what was seen, by what it was looked for
   */
  @Override
  public Map<String, Object> call() throws Exception {
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("sees the provider", sees(PROVIDER));
    seen.put("provider of its own loader", failureOfOwnLoader());
    CachingProvider provider = Caching.getCachingProvider(PROVIDER, loaderOfProvider());
    CacheManager manager = provider.getCacheManager(null, own);
    seen.put("manager has its loader", manager.getClassLoader() == own);
    use(manager, seen);
    manager.close();
    seen.put("beans afterwards", beans());
    return seen;
  }

  private static void use(CacheManager manager, Map<String, Object> seen) throws Exception {
    Recorder recorder = new Recorder();
    Cache<String, Person> people =
        manager.createCache(
            "people",
            new MutableConfiguration<String, Person>()
                .setTypes(String.class, Person.class)
                .setReadThrough(true)
                .setCacheLoaderFactory(FactoryBuilder.factoryOf(PersonLoader.class))
                .setStatisticsEnabled(true)
                .setManagementEnabled(true)
                .addCacheEntryListenerConfiguration(
                    new MutableCacheEntryListenerConfiguration<>(
                        () -> recorder, null, false, true)));
    Person ada = new Person("ada");
    people.put("ada", ada);
    ada.befriend("changed after the put");
    Person read = people.get("ada");
    seen.put("read", String.valueOf(read));
    seen.put("read as its class", read != null && read.getClass() == Person.class);
    seen.put("loaded", String.valueOf(people.get("bob")));
    CompletionListenerFuture loaded = new CompletionListenerFuture();
    people.loadAll(Set.of("eve"), false, loaded);
    loaded.get();
    seen.put("loaded by a thread of the provider", people.get("eve") + "");
    seen.put("processed", people.invoke("ada", Application::befriend, "bob"));
    people.remove("ada");
    seen.put("events", recorder.events());
    seen.put("beans", beans());
    seen.put("hits", attribute("CacheStatistics", "CacheHits"));
    seen.put("read through", attribute("CacheConfiguration", "ReadThrough"));
  }

  private static String befriend(
      javax.cache.processor.MutableEntry<String, Person> entry, Object... arguments) {
    Person person = entry.getValue();
    person.befriend((String) arguments[0]);
    entry.setValue(person);
    return person.toString();
  }

  private boolean sees(String className) {
    try {
      own.loadClass(className);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private String failureOfOwnLoader() {
    try {
      return "found: " + Caching.getCachingProvider(PROVIDER, own);
    } catch (CacheException e) {
      return e.getClass().getName();
    }
  }

  private static ClassLoader loaderOfProvider() {
    BundleContext context = FrameworkUtil.getBundle(Application.class).getBundleContext();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getSymbolicName().equals("org.theine.jcache")) {
        return bundle.adapt(BundleWiring.class).getClassLoader();
      }
    }
    throw new IllegalStateException("the provider is not installed");
  }

  private static int beans() throws JMException {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName("javax.cache:*"), null)
        .size();
  }

  private static Object attribute(String type, String attribute) throws JMException {
    ObjectName pattern = new ObjectName("javax.cache:type=" + type + ",Cache=people,*");
    ObjectName name =
        ManagementFactory.getPlatformMBeanServer().queryNames(pattern, null).iterator().next();
    return ManagementFactory.getPlatformMBeanServer().getAttribute(name, attribute);
  }
}
