package org.theine.jcache.spring;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** An entity in the second-level cache; its region has the name of the class. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Shelf {
  @Id private long id;

  /** For Hibernate. */
  protected Shelf() {}

  Shelf(long id) {
    this.id = id;
  }

  long id() {
    return id;
  }
}
