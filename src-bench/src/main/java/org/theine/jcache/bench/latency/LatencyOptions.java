package org.theine.jcache.bench.latency;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.theine.jcache.bench.Arguments;
import org.theine.jcache.bench.speed.Contestant;

/** What is asked for on the command line. */
final class LatencyOptions {
  /** What there is to ask for. */
  static final String HELP =
      """
      Compares how long callers of JCache providers wait, each in a virtual machine of its own.

        --scenes NAME,...  what is measured (default: all)
                           nothing            what clock and machine do by themselves
                           put-evicting       put of ten times as many keys as fit
                           get-beside-writer  get while another thread puts
                           expiry             all entries expire at once, in real time
        --keys N           keys of the first scenes (default: 1000000)
        --entries N        entries that expire at once (default: 1000000)
        --seconds N        how long each is measured, after as long to warm up (default: 5)
        --rounds N         how often all take their turn; medians are shown (default: 1)
        --who NAME,...     who takes part beside theine-jcache and the map (default: all)
        --out DIR          where to write latency.csv (default: src-bench/target/latency)
        --help             this text
      """;

  private Set<Scene> scenes = EnumSet.allOf(Scene.class);
  private int keys = 1_000_000;
  private int entries = 1_000_000;
  private int seconds = 5;
  private int rounds = 1;
  private Set<Contestant> who = EnumSet.allOf(Contestant.class);
  private Path out = Path.of("src-bench", "target", "latency");
  private boolean help;

  private LatencyOptions() {}

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException naming the argument that is wrong, and what would be right
   */
  static LatencyOptions parse(String... arguments) {
    LatencyOptions options = new LatencyOptions();
    options.help = Arguments.read(arguments, options::set);
    return options;
  }

  private void set(String option, String value) {
    switch (option) {
      case "--scenes" -> scenes = EnumSet.copyOf(Arguments.list(value, LatencyOptions::scene));
      case "--keys" -> keys = Arguments.positive(option, value);
      case "--entries" -> entries = Arguments.positive(option, value);
      case "--seconds" -> seconds = Arguments.positive(option, value);
      case "--rounds" -> rounds = Arguments.positive(option, value);
      case "--who" -> who = Contestant.among(value, Contestant.THEINE, Contestant.MAP);
      case "--out" -> out = Path.of(value);
      default -> throw Arguments.unknown(option);
    }
  }

  private static Scene scene(String name) {
    return Arguments.named("scene", Scene.values(), Scene::id, name);
  }

  /** What is measured in a round, in this order: those that are compared one after the other. */
  List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (Scene scene : scenes) {
      for (Contestant contestant : who) {
        if (scene.has(contestant)) {
          runs.add(new Run(scene, contestant, scene == Scene.EXPIRY ? entries : keys, seconds));
        }
      }
    }
    return runs;
  }

  int rounds() {
    return rounds;
  }

  Path out() {
    return out;
  }

  boolean help() {
    return help;
  }
}
