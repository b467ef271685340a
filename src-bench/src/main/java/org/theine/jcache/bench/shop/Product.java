package org.theine.jcache.bench.shop;

import jakarta.persistence.Cacheable;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.jspecify.annotations.Nullable;

/** What is sold; it is found by its slug, the readable end of its page's address. */
@Entity
@Table(indexes = @Index(columnList = "category_id, cents, id"))
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
class Product {
  @Id private int id;
  @Version private int version;
  @NaturalId private String slug = "";
  private String title = "";
  private int cents;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  private @Nullable Category category;

  @ElementCollection
  @CollectionTable(name = "Product_images", joinColumns = @JoinColumn(name = "product_id"))
  @OrderColumn(name = "place")
  @Column(name = "file")
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
  private List<String> images = new ArrayList<>();

  /** Made by Hibernate. */
  protected Product() {}

  int id() {
    return id;
  }

  String title() {
    return title;
  }

  int cents() {
    return cents;
  }

  void reprice(int newCents) {
    cents = newCents;
  }

  @Nullable Category category() {
    return category;
  }

  List<String> images() {
    return images;
  }
}
