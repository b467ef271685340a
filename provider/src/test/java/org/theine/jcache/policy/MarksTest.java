package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarksTest {
  private static final int SAMPLED = 0;
  private static final int OTHER = 1;

  private final Adviser adviser = new Adviser(100, false, 1, 1);
  private final Marks marks = new Marks(4, adviser);

  MarksTest() {
    marks.insert(SAMPLED);
    marks.insert(OTHER);
    marks.sample(SAMPLED);
  }

  @Test
  void look_hit_isSeenOnce() {
    marks.hit(OTHER, 7);
    marks.hit(SAMPLED, 8);
    assertThat(marks.look(OTHER)).isTrue();
    assertThat(marks.look(OTHER)).isFalse();
    assertThat(marks.look(SAMPLED)).isTrue();
    assertThat(marks.look(SAMPLED)).isFalse();
  }

  @Test
  void sample_seenBefore_staysSeen() {
    marks.hit(OTHER, 7);
    marks.sample(OTHER);
    assertThat(marks.look(OTHER)).isTrue();
  }

  @Test
  void hit_awake_tellsOfEveryHitOfTheSample() {
    for (int i = 0; i < 16; i++) {
      hit(SAMPLED, 99);
      adviser.offer(9, false); // a cache that misses nothing would not be replayed
    }
    assertThat(adviser.replayed()).isEqualTo(1_600);
    hit(OTHER, 1_600);
    assertThat(adviser.replayed()).isEqualTo(1_600);
    assertThat(marks.look(SAMPLED)).isTrue();
    hit(SAMPLED, 16);
    assertThat(adviser.replayed()).as("after a look").isEqualTo(1_616);
  }

  /** A rest of 400 requests: hits do not end it, but for those that come first after a look. */
  @Test
  void hit_adviserRests_tellsOfTheFirstAfterALook() {
    while (!adviser.rests()) {
      hit(SAMPLED, 15);
      adviser.offer(9, false);
    }
    long before = adviser.replayed();
    hit(SAMPLED, 10_000);
    assertThat(adviser.rests()).isTrue();
    for (int i = 0; i < 1_000 && adviser.rests(); i++) {
      marks.look(SAMPLED);
      hit(SAMPLED, 1);
    }
    assertThat(adviser.rests()).isFalse();
    hit(SAMPLED, 16);
    assertThat(adviser.replayed()).isEqualTo(before + 16);
  }

  @Test
  void hit_noSlot_isPassedOver() {
    marks.hit(-1, 7);
    marks.hit(4, 7);
    for (int slot = 0; slot < 4; slot++) {
      assertThat(marks.look(slot)).isFalse();
    }
  }

  @Test
  void ensure_more_keepsMarks() {
    marks.hit(OTHER, 7);
    marks.ensure(3);
    marks.ensure(8);
    marks.insert(7);
    marks.hit(7, 7);
    assertThat(marks.look(OTHER)).isTrue();
    assertThat(marks.look(7)).isTrue();
  }

  @Test
  void clear_seen_forgets() {
    marks.hit(OTHER, 7);
    marks.clear(2);
    assertThat(marks.look(OTHER)).isFalse();
  }

  @Test
  void hit_noAdviser_marks() {
    Marks unheard = new Marks(1, null);
    unheard.insert(0);
    unheard.hit(0, 7);
    unheard.hit(0, 7);
    assertThat(unheard.look(0)).isTrue();
  }

  private void hit(int slot, int times) {
    for (int i = 0; i < times; i++) {
      marks.hit(slot, 1_000 + slot);
    }
  }
}
