package org.theine.jcache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.Random;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.theine.jcache.hibernate.Library.Reading;

/**
 * Threads that count in the same few rows, with optimistic locking and no turns. What Hibernate's
 * strategies do not promise is not asked for: a row that was loaded between two updates that
 * overlap may be put after both, and stay until the next update, with any cache.
 */
final class ConcurrentUpdatesTest {
  private static final int ROWS = 3;
  private static final int THREADS = 4;
  private static final int INCREMENTS = 60;
  private static final int MAXIMUM_ATTEMPTS = 10_000;

  @ParameterizedTest
  @EnumSource(names = {"NONSTRICT_READ_WRITE", "READ_WRITE", "TRANSACTIONAL"})
  void increments_byFourThreads_areAllInTheDatabaseAndSeenAfterTheNextUpdate(
      CacheConcurrencyStrategy strategy) throws Exception {
    long seed = System.nanoTime();
    try (Library library = new Library(Library.THIS_PROVIDER, strategy)) {
      for (long row = 0; row < ROWS; row++) {
        long id = row;
        library.change(session -> session.persist(new Product(id, "C-" + id, 1, "0")));
      }

      Threads.run(THREADS, thread -> incrementAndRead(library, new Random(seed + thread)));

      long sum = 0;
      for (long row = 0; row < ROWS; row++) {
        long counted = inDatabase(library, row);
        assertThat(inCache(library, row).result())
            .as("row %d, seed %d: nothing of the future", row, seed)
            .isLessThanOrEqualTo(counted);
        sum += counted;
        increment(library, row);
        assertThat(inCache(library, row).result())
            .as("row %d, seed %d", row, seed)
            .isEqualTo(counted + 1);
        assertThat(inCache(library, row)).isEqualTo(new Reading<>(counted + 1, 0, 0));
      }
      assertThat(sum).as("no increment was lost, seed %d", seed).isEqualTo(THREADS * INCREMENTS);
    }
  }

  /** One thread's work: it sees a total rise, and its own increments at once. */
  private static void incrementAndRead(Library library, Random random) {
    for (int i = 0; i < INCREMENTS; i++) {
      increment(library, random.nextInt(ROWS));
      long row = random.nextInt(ROWS);
      long total = library.ask(session -> session.find(Product.class, row).count());
      assertThat(total).isBetween(0L, (long) THREADS * INCREMENTS);
    }
  }

  /** Tries until no other thread was quicker. */
  private static void increment(Library library, long row) {
    for (int attempt = 0; attempt < MAXIMUM_ATTEMPTS; attempt++) {
      try {
        library.change(
            session -> {
              Product product = session.find(Product.class, row);
              product.rename(String.valueOf(product.count() + 1));
            });
        return;
      } catch (RuntimeException e) {
        if (!(e instanceof OptimisticLockException)) {
          throw e;
        }
      }
    }
    throw new AssertionError("row " + row + " could not be changed");
  }

  private static Reading<Long> inCache(Library library, long row) {
    return library.read(session -> session.find(Product.class, row).count());
  }

  private static long inDatabase(Library library, long row) throws SQLException {
    return library.direct("select cast(name as bigint) from Product where id = " + row);
  }
}
