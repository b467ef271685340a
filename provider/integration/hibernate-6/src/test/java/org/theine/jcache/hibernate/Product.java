package org.theine.jcache.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;

/** An entity that has a region of each kind: its own, its tags' and its natural id's. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
public class Product {
  /** The regions. */
  static final String ENTITY = Product.class.getName();

  static final String TAGS = ENTITY + ".tags";
  static final String NATURAL_ID = ENTITY + "##NaturalId";

  @Id private long id;
  @Version private int version;

  @NaturalId(mutable = true)
  private String sku;

  private int shelf;
  private String name;

  @ElementCollection
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
  private Set<String> tags = new HashSet<>();

  /** Made by Hibernate. */
  protected Product() {
    this(0, "", 0, "");
  }

  Product(long id, String sku, int shelf, String name) {
    this.id = id;
    this.sku = sku;
    this.shelf = shelf;
    this.name = name;
  }

  long id() {
    return id;
  }

  String sku() {
    return sku;
  }

  String name() {
    return name;
  }

  /** The name as a number. */
  long count() {
    return Long.parseLong(name);
  }

  SortedSet<String> tags() {
    return new TreeSet<>(tags);
  }

  void rename(String newName) {
    name = newName;
  }

  void number(String newSku) {
    sku = newSku;
  }

  Product tag(String tag) {
    tags.add(tag);
    return this;
  }

  void untag(String tag) {
    tags.remove(tag);
  }

  @Override
  public String toString() {
    return id + " " + sku + " " + name + " " + tags();
  }
}
