package org.theine.jcache.spring;

import org.springframework.context.ConfigurableApplicationContext;

/** Run from one jar: starts with each of the files named, prints a maximum and where it is from. */
final class PackedApplication {
  private PackedApplication() {}

  /** Starts an application for each argument, the resource that configures its caches. */
  public static void main(String[] resources) {
    for (String resource : resources) {
      try (ConfigurableApplicationContext application =
          Applications.start("spring.cache.jcache.config=classpath:" + resource)) {
        System.out.println(
            Applications.configuration(application, "users").getMaximumSize()
                + " "
                + Applications.manager(application).getURI());
      }
    }
  }
}
