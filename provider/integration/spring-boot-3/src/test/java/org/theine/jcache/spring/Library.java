package org.theine.jcache.spring;

import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** A service with the annotations of JSR-107, which counts how often it is really called. */
@CacheDefaults(cacheName = "books")
public class Library {
  /** A failure that is cached. */
  static final class NoSuchBookException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSuchBookException(String isbn) {
      super("no book " + isbn);
    }
  }

  private final AtomicInteger calls = new AtomicInteger();

  int calls() {
    return calls.get();
  }

  @CacheResult
  public String title(String isbn) {
    return "title " + calls.incrementAndGet() + " of " + isbn;
  }

  @CacheResult
  public String titleForReader(@CacheKey String isbn, String reader) {
    return title(isbn);
  }

  @CacheResult(skipGet = true)
  public String titleAnew(String isbn) {
    return title(isbn);
  }

  @CacheResult(exceptionCacheName = "missing-books", cachedExceptions = NoSuchBookException.class)
  public String titleOrFail(String isbn) {
    calls.incrementAndGet();
    throw isbn.startsWith("no")
        ? new NoSuchBookException(isbn)
        : new IllegalStateException("not cached");
  }

  @CachePut
  public void rename(String isbn, @CacheValue String title) {}

  @CacheRemove
  public void remove(String isbn) {}

  @CacheRemove(afterInvocation = true, evictFor = NoSuchBookException.class)
  public void removeAndFail(String isbn) {
    throw isbn.startsWith("no")
        ? new NoSuchBookException(isbn)
        : new IllegalStateException("nothing removed");
  }

  @CacheRemoveAll
  public void removeAll() {}
}
