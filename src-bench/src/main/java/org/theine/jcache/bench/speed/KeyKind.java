package org.theine.jcache.bench.speed;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.Function;
import org.theine.jcache.bench.jmh.Keys;

/** What the keys are. Equal ones are made anew for each request, never identical. */
public enum KeyKind {
  /** Boxed ints. */
  INTEGER(number -> number + 0),

  /** Strings of some twenty characters. */
  STRING(number -> "user-session:" + Integer.toHexString(number)),

  /** What an object-relational mapper makes of an entity's name and its id. */
  COMPOSITE(EntityKey::new);

  private final Function<Integer, Object> maker;

  KeyKind(Function<Integer, Object> maker) {
    this.maker = maker;
  }

  Object key(Integer number) {
    return maker.apply(number);
  }

  /** The keys of requests that follow Zipf's law. */
  Object[] zipf(int keys) {
    return Arrays.stream(Keys.zipf(keys)).map(this::key).toArray();
  }

  /** As Hibernate's own: the hash is computed once, equal if the id is and then the role. */
  private static final class EntityKey implements Serializable {
    private static final long serialVersionUID = 1;

    private final Long id;
    private final String role = "org.example.shop.model.Customer";
    private final int hash;

    EntityKey(Integer number) {
      id = number.longValue();
      hash = 31 * (31 * role.hashCode() + id.hashCode());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof EntityKey key && id.equals(key.id) && role.equals(key.role);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
