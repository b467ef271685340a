package org.theine.jcache.bench.speed;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.bench.Arguments;

/** What is asked for on the command line. */
final class SpeedOptions {
  /** What there is to ask for. */
  static final String HELP =
      """
      Compares the speed of JCache providers, each run in a virtual machine of its own, and prints
      ratios of processor time.

        --scale quick|full  three runs of 0.4 s after eight to warm up, without the largest
                            caches; or five of 1 s after as many
                            (default: quick)
        --table speed|size  many operations; or two with caches of growing size
                            (default: speed)
        --rounds N          how often all take their turn (default: 1)
        --rows REGEX        rows whose title matches, as 'get.*' (default: all)
        --who NAME,...      who takes part beside theine-jcache (default: all)
        --shards N          how many theine-jcache has, a power of two (default: its own)
        --out DIR           where to write speed.csv and speed.html
                            (default: src-bench/target/speed, or size)
        --help              this text
      """;

  private Scale scale = Scale.QUICK;
  private String table = "speed";
  private int rounds = 1;
  private int shards;
  private Pattern rows = Pattern.compile(".*");
  private Set<Contestant> who = EnumSet.allOf(Contestant.class);
  private @Nullable Path out;
  private boolean help;

  private SpeedOptions() {}

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException naming the argument that is wrong, and what would be right
   */
  static SpeedOptions parse(String... arguments) {
    SpeedOptions options = new SpeedOptions();
    options.help = Arguments.read(arguments, options::set);
    return options;
  }

  private void set(String option, String value) {
    switch (option) {
      case "--scale" -> scale = scale(value);
      case "--table" -> {
        rows(value); // refuses what is no table
        table = value;
      }
      case "--shards" -> shards = powerOfTwo(option, value);
      case "--rounds" -> rounds = Arguments.positive(option, value);
      case "--rows" -> rows = pattern(option, value);
      case "--who" -> who = Contestant.among(value, Contestant.THEINE);
      case "--out" -> out = Path.of(value);
      default -> throw Arguments.unknown(option);
    }
  }

  private static Scale scale(String name) {
    return switch (name) {
      case "quick" -> Scale.QUICK;
      case "full" -> Scale.FULL;
      default ->
          throw new IllegalArgumentException("--scale must be quick or full: '" + name + "'");
    };
  }

  private static int powerOfTwo(String option, String value) {
    int number = Arguments.positive(option, value);
    if (Integer.bitCount(number) != 1) {
      throw new IllegalArgumentException(option + " must be a power of two: '" + value + "'");
    }
    return number;
  }

  private static List<Row> rows(String table) {
    return switch (table) {
      case "speed" -> Row.all();
      case "size" -> Row.bySize();
      default ->
          throw new IllegalArgumentException("--table must be speed or size: '" + table + "'");
    };
  }

  private static Pattern pattern(String option, String value) {
    try {
      return Pattern.compile(value);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          option + " must be a regular expression: " + e.getMessage());
    }
  }

  Scale scale() {
    return scale;
  }

  /** How many shards ours has; 0 for what it takes by itself. */
  int shards() {
    return shards;
  }

  int rounds() {
    return rounds;
  }

  /** The rows that are asked for. */
  List<Row> rows() {
    List<Row> wanted =
        rows(table).stream()
            .filter(row -> row.keys() <= scale.mostKeys() && rows.matcher(row.title()).matches())
            .toList();
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException(
          "no row matches '"
              + rows
              + "'; the rows are "
              + rows(table).stream().map(Row::title).collect(Collectors.joining("; ")));
    }
    return wanted;
  }

  /** Who takes part in a row. */
  List<Contestant> contestants(Row row) {
    return row.contestants().stream().filter(who::contains).toList();
  }

  Path out() {
    return out == null ? Path.of("src-bench", "target", table) : out;
  }

  boolean help() {
    return help;
  }
}
