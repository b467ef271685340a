package org.theine.jcache.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** An entity with a collection; both are cached. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Author {
  @Id private long id;
  @Version private int version;
  private String name;

  @OneToMany(mappedBy = "author", cascade = CascadeType.PERSIST)
  @OrderBy("id")
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
  private List<Book> books = new ArrayList<>();

  /** Made by Hibernate. */
  protected Author() {
    this(0, "");
  }

  Author(long id, String name) {
    this.id = id;
    this.name = name;
  }

  String name() {
    return name;
  }

  void rename(String newName) {
    name = newName;
  }

  List<Book> books() {
    return books;
  }

  Author write(long bookId, String title) {
    books.add(new Book(bookId, title, this));
    return this;
  }
}
