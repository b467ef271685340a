package org.theine.jcache.osgi.application;

import java.util.HashMap;
import java.util.Map;
import javax.cache.integration.CacheLoader;

/** Loads a person for any name; JCache makes it by its class name. */
public final class PersonLoader implements CacheLoader<String, Person> {
  /** Made by JCache's factory. */
  public PersonLoader() {}

  @Override
  public Person load(String key) {
    return new Person(key, "loaded");
  }

  @Override
  public Map<String, Person> loadAll(Iterable<? extends String> keys) {
    Map<String, Person> loaded = new HashMap<>();
    keys.forEach(key -> loaded.put(key, load(key)));
    return loaded;
  }
}
