package org.theine.jcache.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.jspecify.annotations.Nullable;

/** A cached entity that refers to another one. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Book {
  @Id private long id;
  @Version private int version;
  private String title;

  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Author author;

  /** Made by Hibernate. */
  protected Book() {
    this(0, "", null);
  }

  Book(long id, String title, @Nullable Author author) {
    this.id = id;
    this.title = title;
    this.author = author;
  }

  String title() {
    return title;
  }

  void rename(String newTitle) {
    title = newTitle;
  }
}
