package org.theine.jcache.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Immutable;

/** An entity that Hibernate may keep as it is, by {@code hibernate.cache.use_reference_entries}. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_ONLY)
@Immutable
public class Country {
  @Id private String code;
  private String name;

  /** Made by Hibernate. */
  protected Country() {
    this("", "");
  }

  Country(String code, String name) {
    this.code = code;
    this.name = name;
  }

  String name() {
    return name;
  }
}
