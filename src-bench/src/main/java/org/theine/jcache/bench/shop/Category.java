package org.theine.jcache.bench.shop;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Immutable;

/** What several products have in common; never changed. */
@Entity
@Immutable
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_ONLY)
class Category {
  @Id private int id;
  private String name = "";

  /** Made by Hibernate. */
  protected Category() {}

  String name() {
    return name;
  }
}
