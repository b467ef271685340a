package org.theine.jcache.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.cache.configuration.MutableConfiguration;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MBeansTest {

  private static final String URI = "urn:theine:MBeansTest";

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final CacheStatistics statistics = new CacheStatistics();
  private final List<MBeans> made = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    made.forEach(MBeans::close);
    assertThat(registeredCaches("*")).isEmpty();
    assertThat(registeredOwn()).isEmpty();
  }

  /** What the provider would show beside the two of the specification. */
  public interface OwnMXBean {
    long getSize();
  }

  private static final class Own implements OwnMXBean {
    @Override
    public long getSize() {
      return 5;
    }
  }

  @Test
  void register_own_isThereWithEitherOfTheOthers() throws Exception {
    MBeans beans = beans("users");
    assertThat(registeredOwn()).isEmpty();

    beans.setStatisticsRegistered(true);
    assertThat(registeredOwn()).containsExactly("users");
    beans.setManagementRegistered(true);
    beans.setStatisticsRegistered(false);
    assertThat(registeredOwn()).containsExactly("users");
    assertThat(
            server.getAttribute(
                new ObjectName(
                    "org.theine.jcache:"
                        + "type=TheineCache,CacheManager=urn.theine.MBeansTest,Cache=users"),
                "Size"))
        .isEqualTo(5L);
    beans.setManagementRegistered(false);
    assertThat(registeredOwn()).isEmpty();

    beans.setManagementRegistered(true);
    assertThat(registeredOwn()).containsExactly("users");
    beans.close();
    assertThat(registeredOwn()).isEmpty();
    beans.setManagementRegistered(true);
    assertThat(registeredOwn()).isEmpty();
  }

  @Test
  void register_both_showsWhatTheyKnowUnderTheNamesOfTheSpecification() throws Exception {
    MBeans beans = beans("users");
    beans.setStatisticsRegistered(true);
    beans.setManagementRegistered(true);
    statistics.setEnabled(true);
    statistics.recordHits(3);
    statistics.recordMisses(1);
    statistics.recordPuts(4);
    statistics.recordRemovals(5);
    statistics.recordEvictions(6);
    statistics.recordGetTime(1_000);
    statistics.recordPutTime(2_000);
    statistics.recordRemoveTime(3_000);

    ObjectName counts =
        new ObjectName(
            "javax.cache:type=CacheStatistics,CacheManager=urn.theine.MBeansTest,Cache=users");
    assertThat(server.getAttribute(counts, "CacheHits")).isEqualTo(3L);
    assertThat(server.getAttribute(counts, "CacheMisses")).isEqualTo(1L);
    assertThat(server.getAttribute(counts, "CacheGets")).isEqualTo(4L);
    assertThat(server.getAttribute(counts, "CachePuts")).isEqualTo(4L);
    assertThat(server.getAttribute(counts, "CacheRemovals")).isEqualTo(5L);
    assertThat(server.getAttribute(counts, "CacheEvictions")).isEqualTo(6L);
    assertThat(server.getAttribute(counts, "CacheHitPercentage")).isEqualTo(75f);
    assertThat(server.getAttribute(counts, "CacheMissPercentage")).isEqualTo(25f);
    assertThat(server.getAttribute(counts, "AverageGetTime")).isEqualTo(1f);
    assertThat(server.getAttribute(counts, "AveragePutTime")).isEqualTo(2f);
    assertThat(server.getAttribute(counts, "AverageRemoveTime")).isEqualTo(3f);
    server.invoke(counts, "clear", null, null);
    assertThat(server.getAttribute(counts, "CacheHits")).isEqualTo(0L);

    ObjectName settings =
        new ObjectName(
            "javax.cache:type=CacheConfiguration,CacheManager=urn.theine.MBeansTest,Cache=users");
    assertThat(server.getAttribute(settings, "KeyType")).isEqualTo("java.lang.String");
    assertThat(server.getAttribute(settings, "ValueType")).isEqualTo("java.lang.Long");
    assertThat(server.getAttribute(settings, "ReadThrough")).isEqualTo(true);
    assertThat(server.getAttribute(settings, "WriteThrough")).isEqualTo(false);
    assertThat(server.getAttribute(settings, "StoreByValue")).isEqualTo(true);
    assertThat(server.getAttribute(settings, "StatisticsEnabled")).isEqualTo(true);
    assertThat(server.getAttribute(settings, "ManagementEnabled")).isEqualTo(true);
    statistics.setEnabled(false);
    assertThat(server.getAttribute(settings, "StatisticsEnabled")).isEqualTo(false);
  }

  @Test
  void register_twice_isOnceAndUnregisterTwiceToo() throws Exception {
    MBeans beans = beans("users");

    beans.setStatisticsRegistered(true);
    beans.setStatisticsRegistered(true);
    assertThat(registeredCaches("CacheStatistics")).containsExactly("users");

    beans.setStatisticsRegistered(false);
    beans.setStatisticsRegistered(false);
    assertThat(registeredCaches("CacheStatistics")).isEmpty();

    beans.setStatisticsRegistered(true);
    assertThat(registeredCaches("CacheStatistics")).containsExactly("users");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a,b:c=d",
        "line\nbreak",
        "carriage\rreturn",
        "*",
        "?",
        "com.acme.*",
        "\"quoted\"",
        "half\"quoted",
        "back\\slash",
        "com.acme.Product##NaturalId",
        "tab\tand\u0000nul",
        "\uD83D\uDE00 and half \uD83D"
      })
  void register_anyName_works(String name) throws Exception {
    MBeans beans = beans(name);

    beans.setStatisticsRegistered(true);
    beans.setManagementRegistered(true);

    assertThat(registeredCaches("*")).hasSize(1);
    assertThat(registeredCaches("CacheStatistics"))
        .containsExactly(name.replaceAll("[,:=\n*?\"]", "."));
    assertThat(registeredOwn()).isEqualTo(registeredCaches("CacheStatistics"));
  }

  @Test
  void register_namesThatFallTogether_areNumbered() throws Exception {
    MBeans first = beans("a,b");
    MBeans second = beans("a:b");
    MBeans third = beans("a.b");
    MBeans fourth = beans("a.b#2");
    for (MBeans beans : List.of(first, second, third, fourth)) {
      beans.setStatisticsRegistered(true);
      beans.setManagementRegistered(true);
    }

    assertThat(registeredCaches("CacheStatistics"))
        .containsExactly("a.b", "a.b#2", "a.b#2#2", "a.b#3");
    assertThat(registeredCaches("CacheConfiguration"))
        .containsExactly("a.b", "a.b#2", "a.b#2#2", "a.b#3");
    assertThat(registeredOwn()).containsExactly("a.b", "a.b#2", "a.b#2#2", "a.b#3");
  }

  @Test
  void close_nameSharedWithAnother_leavesTheOther() throws Exception {
    MBeans first = beans("a,b");
    MBeans second = beans("a:b");
    first.setStatisticsRegistered(true);
    second.setStatisticsRegistered(true);

    first.close();
    assertThat(registeredCaches("CacheStatistics")).containsExactly("a.b#2");

    MBeans third = beans("a=b");
    third.setStatisticsRegistered(true);
    second.close();
    assertThat(registeredCaches("CacheStatistics")).containsExactly("a.b");
  }

  @Test
  void setRegistered_secondBeanOfACache_getsTheSameNumber() throws Exception {
    MBeans first = beans("a,b");
    MBeans second = beans("a:b");
    first.setStatisticsRegistered(true);
    second.setStatisticsRegistered(true);

    second.setManagementRegistered(true);

    assertThat(registeredCaches("CacheConfiguration")).containsExactly("a.b#2");
  }

  @Test
  void setRegistered_afterClose_doesNothing() throws Exception {
    MBeans beans = beans("users");
    beans.setManagementRegistered(true);
    beans.close();

    beans.setStatisticsRegistered(true);
    beans.setManagementRegistered(true);
    beans.close();

    assertThat(registeredCaches("*")).isEmpty();
  }

  @Test
  void close_beanTakenAwayBySomebodyElse_isQuiet() throws Exception {
    MBeans beans = beans("users");
    beans.setStatisticsRegistered(true);
    server.unregisterMBean(MBeans.nameOf("javax.cache", "CacheStatistics", URI, "users", 1));

    assertThatCode(beans::close).doesNotThrowAnyException();
  }

  private MBeans beans(String cacheName) {
    MutableConfiguration<String, Long> configuration =
        new MutableConfiguration<String, Long>()
            .setTypes(String.class, Long.class)
            .setReadThrough(true);
    MBeans beans =
        new MBeans(
            URI,
            cacheName,
            new CacheStatisticsBean(statistics),
            new CacheManagementBean(configuration, statistics::isEnabled, () -> true),
            new Own());
    made.add(beans);
    return beans;
  }

  /** The values of the key Cache among this test's beans. */
  private Set<String> registeredCaches(String type) throws Exception {
    return caches("javax.cache:CacheManager=urn.theine.MBeansTest,type=" + type + ",*");
  }

  private Set<String> registeredOwn() throws Exception {
    return caches("org.theine.jcache:CacheManager=urn.theine.MBeansTest,type=TheineCache,*");
  }

  private Set<String> caches(String pattern) throws Exception {
    Set<String> names = new TreeSet<>();
    for (ObjectName name : server.queryNames(new ObjectName(pattern), null)) {
      names.add(name.getKeyProperty("Cache"));
    }
    return names;
  }
}
