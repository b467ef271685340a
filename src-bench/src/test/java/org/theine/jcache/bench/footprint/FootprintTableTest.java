package org.theine.jcache.bench.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.theine.jcache.bench.Medians;
import org.theine.jcache.bench.speed.Contestant;
import org.theine.jcache.bench.speed.Setting;

/** The tables show what was measured beside what was wanted. */
final class FootprintTableTest {
  private static final int ENTRIES = 1000;

  private final Medians<Task> figures = new Medians<>();

  @Test
  void table_entries_showsWhatIsBeyondTheMapAndBeyondTheGoal() {
    figures.add(entries(Setting.UNBOUNDED, Contestant.MAP), Map.of("bytes", 40.0));
    figures.add(entries(Setting.UNBOUNDED, Contestant.THEINE), Map.of("bytes", 60.0));
    figures.add(entries(Setting.TOUCHED, Contestant.THEINE), Map.of("bytes", 89.0));

    assertThat(FootprintTable.of(figures)).contains("60.0 (+20.0) ", "89.0 (+49.0) !", "(< 48)");
  }

  @Test
  void table_collection_showsTheRatio() {
    for (Contestant contestant : new Contestant[] {Contestant.THEINE, Contestant.CAFFEINE_JCACHE}) {
      figures.add(
          new Task(Part.COLLECTION, Setting.ROOMY, ENTRIES, contestant),
          Map.of(
              CollectionTime.PROCESSOR,
              contestant == Contestant.THEINE ? 30.0 : 60.0,
              CollectionTime.COLLECTOR,
              20.0));
    }

    assertThat(FootprintTable.of(figures))
        .containsPattern("theine-jcache +30 +0.50 +20")
        .containsPattern("Caffeine-jcache +60 +1.00 +20");
  }

  @Test
  void table_nothing_isEmpty() {
    assertThat(FootprintTable.of(figures)).isEmpty();
  }

  @Test
  void columns_task_areThoseOfTheTitles() {
    assertThat(entries(Setting.ROOMY, Contestant.THEINE).columns())
        .isEqualTo("entries,roomy,1000,theine-jcache");
    assertThat(Task.COLUMNS).isEqualTo("part,setting,count,contestant");
  }

  private static Task entries(Setting setting, Contestant contestant) {
    return new Task(Part.ENTRIES, setting, ENTRIES, contestant);
  }
}
