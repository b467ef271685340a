package org.theine.jcache.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** A cached number that several threads increase. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Tally {
  @Id private long id;
  @Version private int version;
  private long total;

  /** Made by Hibernate. */
  protected Tally() {}

  Tally(long id) {
    this.id = id;
  }

  long total() {
    return total;
  }

  void increment() {
    total++;
  }
}
