package org.theine.jcache.weld;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.SessionScoped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.Test;

/** Beans that the container may write to disk, as those of a session, with their interceptors. */
final class SessionTest {
  /** Has one interceptor of each kind. */
  static class Service implements Serializable {
    private static final long serialVersionUID = 1L;

    private int runs;

    @CacheResult(cacheName = "session")
    public int find(int key) {
      return ++runs;
    }

    @CachePut(cacheName = "session")
    public void put(int key, @CacheValue Integer value) {}

    @CacheRemove(cacheName = "session")
    public void remove(int key) {}

    @CacheRemoveAll(cacheName = "session")
    public void clear() {}
  }

  /** Weld checks at deployment that all of it can be written. */
  @SessionScoped
  static class OfASession extends Service {
    private static final long serialVersionUID = 1L;
  }

  /** The same, in a scope that is there without a web server. */
  @Dependent
  static class Written extends Service {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void beanOfASession_withEachInterceptor_isDeployed() {
    new Container(OfASession.class).close();
  }

  @Test
  void bean_writtenAndRead_isStillIntercepted() throws Exception {
    try (Container container = new Container(Written.class)) {
      Written bean = container.get(Written.class);
      assertThat(bean.find(1)).isEqualTo(1);

      Written copy = copy(bean);

      assertThat(copy).isNotSameAs(bean);
      assertThat(copy.find(1)).isEqualTo(1);
      assertThat(copy.find(2)).isEqualTo(2);
      copy.put(3, 33);
      assertThat(copy.find(3)).isEqualTo(33);
      copy.remove(3);
      assertThat(Container.size("session")).isEqualTo(2);
      copy.clear();
      assertThat(Container.size("session")).isZero();
    }
  }

  private static Written copy(Written bean) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(bean);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())) {
          @Override
          protected Class<?> resolveClass(ObjectStreamClass type) throws ClassNotFoundException {
            return Class.forName(type.getName(), false, bean.getClass().getClassLoader());
          }
        }) {
      return (Written) in.readObject();
    }
  }
}
