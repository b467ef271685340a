package org.theine.jcache.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes a failing episode as short as it fails. For one thread. */
final class Shrinker {
  private Episode episode;
  private Episode.Outcome outcome;

  private Shrinker(Episode episode, Episode.Outcome outcome) {
    this.episode = episode;
    this.outcome = outcome;
  }

  /** The smallest failing episode that is found by leaving out parts of a failing one. */
  static Episode shrink(Episode failing) {
    Shrinker shrinker = new Shrinker(failing, failing.run());
    for (int before = Integer.MAX_VALUE; shrinker.size() < before; ) {
      before = shrinker.size();
      shrinker.shrinkSteps();
      shrinker.calm();
    }
    for (Settings.Part part : Settings.Part.values()) {
      shrinker.tryOut(shrinker.episode.without(part));
    }
    shrinker.shrinkSteps();
    shrinker.calm();
    return shrinker.episode;
  }

  private int size() {
    return episode.steps().size() + outcome.mischief.size();
  }

  private boolean tryOut(Episode candidate) {
    Episode.Outcome result = candidate.run();
    if (result.failure == null) {
      return false;
    }
    // What comes after the failure is not needed.
    episode =
        candidate.with(List.copyOf(candidate.steps().subList(0, result.taken)), candidate.calmed());
    outcome = result;
    return true;
  }

  /** Leaves out halves, quarters, ..., single steps. */
  private void shrinkSteps() {
    tryOut(episode);
    for (int length = episode.steps().size() / 2; length > 0; length /= 2) {
      for (int from = 0; from < episode.steps().size(); ) {
        List<Integer> fewer = new ArrayList<>(episode.steps());
        fewer.subList(from, Math.min(from + length, fewer.size())).clear();
        if (!tryOut(episode.with(fewer, episode.calmed()))) {
          from += length;
        }
      }
    }
  }

  /** Lets callbacks do their duty alone. */
  private void calm() {
    for (Long place : List.copyOf(outcome.mischief)) {
      Set<Long> more = new HashSet<>(episode.calmed());
      more.add(place);
      tryOut(episode.with(episode.steps(), more));
    }
  }

  /** Tells an episode in lines, with what went wrong at the end. */
  static String tell(Episode episode) {
    StringBuilder text = new StringBuilder();
    text.append("-Dtheine.simulation.seed=")
        .append(episode.seed())
        .append(" finds it. The cache: ");
    text.append(episode.settings());
    int[] number = {0};
    Episode.Outcome outcome =
        episode.run(
            items -> {
              text.append("\nstep ").append(episode.steps().get(number[0]++)).append(':');
              items.forEach(item -> text.append("\n  ").append(item));
            });
    return text.append("\n").append(outcome.failure).toString();
  }
}
