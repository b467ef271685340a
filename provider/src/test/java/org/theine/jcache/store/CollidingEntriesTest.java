package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys of one hash are kept apart by equals, whatever they are and however they compare. */
class CollidingEntriesTest {
  private final CollidingEntries<Object, String> colliding = new CollidingEntries<>(1);
  private final List<Entry<Object, String>> linked = new ArrayList<>();

  /** Without an order; counts how often it is compared. */
  private static class Plain {
    static int comparisons;
    final int number;

    Plain(int number) {
      this.number = number;
    }

    @Override
    public boolean equals(@Nullable Object object) {
      comparisons++;
      return object instanceof Plain other && number == other.number;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  /** Ordered by its number alone, of which several keys have the same; counted as well. */
  private static final class Ranked extends Plain implements Comparable<Ranked> {
    final String name;

    Ranked(int number, String name) {
      super(number);
      this.name = name;
    }

    @Override
    public int compareTo(Ranked other) {
      comparisons++;
      return Integer.compare(number, other.number);
    }

    @Override
    public boolean equals(@Nullable Object object) {
      comparisons++;
      return object instanceof Ranked other && number == other.number && name.equals(other.name);
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  /** Comparable to something else than itself. */
  private static final class Foreign extends Plain implements Comparable<String> {
    Foreign(int number) {
      super(number);
    }

    @Override
    public int compareTo(String other) {
      throw new AssertionError("compared with itself");
    }
  }

  /** Comparable, but without saying to what. */
  @SuppressWarnings("rawtypes")
  private static final class Raw extends Plain implements Comparable {
    Raw(int number) {
      super(number);
    }

    @Override
    public int compareTo(Object other) {
      throw new AssertionError("compared");
    }
  }

  /** Its comparison fails while asked to. */
  private static final class Failing extends Plain implements Comparable<Failing> {
    static boolean fails;

    Failing(int number) {
      super(number);
    }

    @Override
    public int compareTo(Failing other) {
      if (fails) {
        throw new IllegalStateException("no order");
      }
      return Integer.compare(number, other.number);
    }
  }

  /** Two classes whose keys are equal to each other, each with an order of its own. */
  private static class Equal {
    final int number;

    Equal(int number) {
      this.number = number;
    }

    @Override
    public final boolean equals(@Nullable Object object) {
      return object instanceof Equal other && number == other.number;
    }

    @Override
    public final int hashCode() {
      return 1;
    }
  }

  private static final class One extends Equal implements Comparable<One> {
    One(int number) {
      super(number);
    }

    @Override
    public int compareTo(One other) {
      return Integer.compare(number, other.number);
    }
  }

  private static final class Two extends Equal implements Comparable<Two> {
    Two(int number) {
      super(number);
    }

    @Override
    public int compareTo(Two other) {
      return Integer.compare(number, other.number);
    }
  }

  private Entry<Object, String> add(Object key) {
    Entry<Object, String> entry = new Entry<>(key, 1, 0);
    colliding.add(entry);
    linked.add(entry);
    return entry;
  }

  private void remove(Entry<Object, String> entry) {
    colliding.remove(entry);
    linked.remove(entry);
  }

  private void assertConsistent() {
    for (Entry<Object, String> entry : linked) {
      assertThat(colliding.find(entry.key())).isSameAs(entry);
    }
    List<Entry<Object, String>> walked = new ArrayList<>();
    colliding.forEach(walked::add);
    assertThat(walked).containsExactlyInAnyOrderElementsOf(linked);
    assertThat(colliding.isEmpty()).isEqualTo(linked.isEmpty());
  }

  /** Takes all out in an order of chance; what is left is found all the while. */
  private void removeAll() {
    SplittableRandom random = new SplittableRandom(1);
    while (!linked.isEmpty()) {
      remove(linked.get(random.nextInt(linked.size())));
      assertConsistent();
    }
  }

  @Test
  void keys_ofAllKinds_areKeptApart() {
    assertConsistent();
    for (int i = 0; i < 5; i++) {
      add(new Plain(i));
      add(new Ranked(i, "a"));
      add(new Ranked(i, "b"));
      add(new Ranked(i, "c"));
      add(new Foreign(10 + i));
      add(new Raw(20 + i));
      add("string " + i);
      add(i);
    }
    assertConsistent();
    assertThat(colliding.find("absent")).isNull();
    assertThat(colliding.find(new Ranked(3, "d"))).isNull();
    assertThat(colliding.find(new Plain(77))).isNull();
    removeAll();
  }

  @Test
  void keys_ofOneRank_shareAPlace() {
    for (int i = 0; i < 4; i++) {
      add(new Ranked(1, "name " + i));
    }
    assertConsistent();
    removeAll();
  }

  @Test
  void find_keyOfAnotherClassThatIsEqual_findsIt() {
    for (int i = 0; i < 10; i++) {
      add(i % 2 == 0 ? new One(i) : new Two(i));
    }
    for (int i = 0; i < 10; i++) {
      Object other = i % 2 == 0 ? new Two(i) : new One(i);
      assertThat(colliding.find(other)).as("key %d", i).isSameAs(linked.get(i));
    }
    assertThat(colliding.find(new One(77))).isNull();
  }

  @Test
  void find_allKeysOfAnotherClass_findsTheOneThatIsEqual() {
    for (int i = 0; i < 10; i++) {
      add(new One(i));
    }
    for (int i = 0; i < 10; i++) {
      assertThat(colliding.find(new Two(i))).as("ordered key %d", i).isSameAs(linked.get(i));
      assertThat(colliding.find(new Equal(i))).as("other key %d", i).isSameAs(linked.get(i));
    }
    assertThat(colliding.find(new Two(77))).isNull();
    assertThat(colliding.find(new Equal(77))).isNull();
  }

  @Test
  void find_noKeyHasAnOrderButTheOneThatIsLookedUp_findsTheOneThatIsEqual() {
    for (int i = 0; i < 10; i++) {
      add(new Equal(i));
    }
    for (int i = 0; i < 10; i++) {
      assertThat(colliding.find(new One(i))).as("key %d", i).isSameAs(linked.get(i));
    }
    assertThat(colliding.find(new One(77))).isNull();
  }

  /** A key of the class that is looked up comes to those of another one, of which one is equal. */
  @Test
  void find_keyOfItsClassIsAddedMeanwhile_findsTheEqualOneOfAnotherClass() throws Exception {
    List<CollidingEntries<Object, String>> chains = new ArrayList<>();
    for (int round = 0; round < 10_000; round++) {
      CollidingEntries<Object, String> chain = new CollidingEntries<>(1);
      chain.add(new Entry<>(new One(1), 1, 0));
      chains.add(chain);
    }
    AtomicInteger next = new AtomicInteger();
    Stores.race(
        () -> {
          for (int round = 0; round < chains.size(); round++) {
            next.set(round);
            chains.get(round).add(new Entry<>(new Two(2), 1, 0));
          }
        },
        () -> {
          int last = chains.size() - 1;
          for (int round = 0; round < last; round = Math.max(round, next.get())) {
            assertThat(chains.get(Math.min(round + 1, last)).find(new Two(1))).isNotNull();
          }
        });
  }

  @Test
  void find_theKeptKeyItself_asksNoEquals() {
    Plain key = new Plain(1);
    Entry<Object, String> entry = add(key);
    Plain.comparisons = 0;

    assertThat(colliding.find(key)).isSameAs(entry);
    assertThat(Plain.comparisons).isZero();
  }

  @Test
  void find_keysOfOneOrderedClass_looksAtOnePlace() {
    for (int i = 0; i < 200; i++) {
      add(new Ranked(i, "name"));
    }
    Plain.comparisons = 0;
    assertThat(colliding.find(new Ranked(50, "absent"))).isNull();
    assertThat(Plain.comparisons).isLessThan(50);
  }

  @Test
  void keys_whoseComparisonFails_areFoundAllTheSame() {
    for (int i = 0; i < 5; i++) {
      add(new Failing(i));
    }
    try {
      Failing.fails = true;
      for (int i = 5; i < 10; i++) {
        add(new Failing(i));
      }
      assertConsistent();
      remove(linked.get(7));
      assertConsistent();
    } finally {
      Failing.fails = false;
    }
    assertConsistent();
    removeAll();
  }

  @Test
  void forEach_actionRemovesWhatItIsGiven_seesAll() {
    for (int i = 0; i < 4; i++) {
      add(new Plain(i));
      add(new Ranked(1, "name " + i));
    }
    List<Entry<Object, String>> seen = new ArrayList<>();
    colliding.forEach(
        entry -> {
          seen.add(entry);
          colliding.remove(entry);
        });
    assertThat(seen).containsExactlyInAnyOrderElementsOf(linked);
    assertThat(colliding.isEmpty()).isTrue();
  }

  @Test
  void remove_notLinked_isAnError() {
    add(new Plain(1));
    assertThatThrownBy(() -> colliding.remove(new Entry<>(new Plain(1), 1, 0)))
        .isInstanceOf(AssertionError.class);
  }
}
