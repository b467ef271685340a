package org.theine.jcache.spring;

import javax.cache.CacheManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Gives Hibernate's second-level cache a manager with the properties {@code theine.jcache.*} of the
 * application: the one of Spring's caches, or one of its own if there is none.
 *
 * <p>Takes part if Hibernate has its caches by {@code hibernate-jcache} and by this provider, and
 * no manager is given to it. What {@code spring.jpa.properties.hibernate.javax.cache.uri} names is
 * heeded; Hibernate has a manager of its own then, unless Spring's is of the same file. Either is
 * closed with the application, and not with a session factory.
 */
@AutoConfiguration
@ConditionalOnClass(name = "org.hibernate.cache.jcache.ConfigSettings")
public class TheineHibernateAutoConfiguration {
  /** Made by Spring. */
  public TheineHibernateAutoConfiguration() {}

  @Bean
  ManagerOfHibernate theineManagerOfHibernate(
      ApplicationContext application, ObjectProvider<CacheManager> managers) {
    return new ManagerOfHibernate(application, managers);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(
      org.springframework.boot.autoconfigure.orm.jpa.HibernatePropertiesCustomizer.class)
  static class SpringBoot3 {
    @Bean
    org.springframework.boot.autoconfigure.orm.jpa.HibernatePropertiesCustomizer
        theineHibernatePropertiesCustomizer(ManagerOfHibernate manager) {
      return manager::putInto;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(
      org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer.class)
  static class SpringBoot4 {
    @Bean
    org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer
        theineHibernatePropertiesCustomizer(ManagerOfHibernate manager) {
      return manager::putInto;
    }
  }
}
