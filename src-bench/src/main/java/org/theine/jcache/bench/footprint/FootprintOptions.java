package org.theine.jcache.bench.footprint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.theine.jcache.bench.Arguments;
import org.theine.jcache.bench.speed.Contestant;
import org.theine.jcache.bench.speed.Setting;

/** What is asked for on the command line. */
final class FootprintOptions {
  /** What there is to ask for. */
  static final String HELP =
      """
      Compares the memory that caches take, each measured in a virtual machine of its own.

        --parts NAME,...  what is measured (default: all)
                          entries     bytes per entry
                          collection  the time of a full collection
                          breakdown   which objects of theine-jcache take how much
                          caches      bytes and threads of caches that nobody uses
        --entries N,...   entries of a cache, in entries and breakdown (default: 1000000)
        --live N          entries of a cache during collection (default: 5000000, needs 6 GB)
        --caches N        caches that nobody uses, or as many as are made in half a minute
                          (default: 10000)
        --rounds N        how often all take their turn; medians are shown (default: 1)
        --who NAME,...    who takes part beside theine-jcache and the map (default: all)
        --out DIR         where to write footprint.csv (default: src-bench/target/footprint)
        --help            this text
      """;

  private Set<Part> parts = EnumSet.allOf(Part.class);
  private List<Integer> entries = List.of(1_000_000);
  private int live = 5_000_000;
  private int caches = 10_000;
  private int rounds = 1;
  private Set<Contestant> who = EnumSet.allOf(Contestant.class);
  private Path out = Path.of("src-bench", "target", "footprint");
  private boolean help;

  private FootprintOptions() {}

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException naming the argument that is wrong, and what would be right
   */
  static FootprintOptions parse(String... arguments) {
    FootprintOptions options = new FootprintOptions();
    options.help = Arguments.read(arguments, options::set);
    return options;
  }

  private void set(String option, String value) {
    switch (option) {
      case "--parts" -> parts = EnumSet.copyOf(Arguments.list(value, FootprintOptions::part));
      case "--entries" ->
          entries = Arguments.list(value, number -> Arguments.positive(option, number));
      case "--live" -> live = Arguments.positive(option, value);
      case "--caches" -> caches = Arguments.positive(option, value);
      case "--rounds" -> rounds = Arguments.positive(option, value);
      case "--who" -> who = Contestant.among(value, Contestant.THEINE, Contestant.MAP);
      case "--out" -> out = Path.of(value);
      default -> throw Arguments.unknown(option);
    }
  }

  private static Part part(String name) {
    return Arguments.named("part", Part.values(), Part::title, name);
  }

  /** What is measured in a round, in this order: those that are compared one after the other. */
  List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (Part part : parts) {
      for (int count : counts(part)) {
        for (Setting setting : part.settings()) {
          for (Contestant contestant : who) {
            if (part.has(contestant, setting)) {
              tasks.add(new Task(part, setting, count, contestant));
            }
          }
        }
      }
    }
    return tasks;
  }

  private List<Integer> counts(Part part) {
    return switch (part) {
      case ENTRIES, BREAKDOWN -> entries;
      case COLLECTION -> List.of(live);
      case CACHES -> List.of(caches);
    };
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
