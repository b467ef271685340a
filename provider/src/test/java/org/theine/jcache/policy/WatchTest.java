package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchTest {
  private final Watch watch = new Watch(400); // a change is one of more than 4 / 20 = 0.2

  @Test
  void hasChanged_firstStretch_neverSo() {
    assertThat(watch.hasChanged(400, 400)).isFalse();
  }

  @Test
  void hasChanged_withinAStretch_waitsForItsEnd() {
    watch.hasChanged(400, 40);
    assertThat(watch.hasChanged(399, 399)).isFalse();
    assertThat(watch.hasChanged(1, 1)).isTrue();
  }

  @Test
  void hasChanged_moreOrFewerMisses_tells() {
    watch.hasChanged(400, 200);
    assertThat(watch.hasChanged(400, 279)).isFalse();
    assertThat(watch.hasChanged(400, 330)).isTrue();
    assertThat(watch.hasChanged(400, 100)).isTrue();
  }

  /** One odd stretch counts little among many. */
  @Test
  void hasChanged_manyStretches_comparesWithTheirMean() {
    for (int i = 0; i < 10; i++) {
      watch.hasChanged(400, i % 2 == 0 ? 100 : 140);
    }
    assertThat(watch.hasChanged(400, 198)).isFalse();
    assertThat(watch.hasChanged(400, 210)).isTrue();
  }

  @Test
  void hasChanged_longerStretch_tellsSmallerChanges() {
    watch.hasChanged(400, 100);
    assertThat(watch.hasChanged(400, 150)).isFalse();
    assertThat(watch.hasChanged(10_000, 3_700)).isTrue();
  }
}
