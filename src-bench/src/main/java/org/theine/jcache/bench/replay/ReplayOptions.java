package org.theine.jcache.bench.replay;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.TheineConfiguration;

/** What the command line asks for. Made by {@link #parse}, then unchanged. */
final class ReplayOptions {
  static final String USAGE =
      """
      usage: Replay [OPTION ...]
        --traces DIR        replays the traces of DIR/manifest.tsv instead of the shipped ones;
                            hit ratios in DIR/reference.csv are shown beside; may be repeated
        --with-shipped      the shipped ones too
        --only REGEX        only traces whose whole name matches
        --sizes MAXIMUM     no bounds beyond this
        --providers A,B,..  of theine, caffeine, caffeine-jcache, caffeine-jcache-default,
                            ehcache, cache2k (default: all)
        --threads N         theine twice more: N threads replaying a part of the trace
                            each, and one thread that takes a request of each part in turn
        --shards N,N,..     theine once more for each N, with so many shards
        --repeats N         runs of every other cache, and of several threads (default: 3)
        --own-repeats N     runs of theine on one thread, which are all the same (default: 1)
        --out DIR           where replay.csv and replay.html go (default: target/replay)
        --help              shows this and does nothing else
      """;

  /** The options that are followed by a value. */
  private static final Set<String> VALUED =
      Set.of(
          "--traces",
          "--only",
          "--sizes",
          "--providers",
          "--threads",
          "--shards",
          "--repeats",
          "--own-repeats",
          "--out");

  private final List<Path> folders = new ArrayList<>();
  private final Set<Provider> providers = new LinkedHashSet<>();
  private final List<Integer> shards = new ArrayList<>();
  private boolean shipped;
  private boolean help;
  private Pattern only = Pattern.compile(".*");
  private long maximum = Long.MAX_VALUE;
  private int threads = 1;
  private int repeats = 3;
  private int ownRepeats = 1;
  private @Nullable Path out;

  private ReplayOptions() {}

  /** Reads the command line; an argument that is not understood is named in the exception. */
  static ReplayOptions parse(String... arguments) {
    ReplayOptions options = new ReplayOptions();
    for (int i = 0; i < arguments.length; i++) {
      String option = arguments[i];
      switch (option) {
        case "--help" -> options.help = true;
        case "--with-shipped" -> options.shipped = true;
        default -> {
          if (!VALUED.contains(option)) {
            throw new IllegalArgumentException("unknown option '" + option + "'; see --help");
          }
          if (++i == arguments.length) {
            throw new IllegalArgumentException(option + " must be followed by a value");
          }
          options.set(option, arguments[i]);
        }
      }
    }
    if (options.providers.isEmpty()) {
      options.providers.addAll(List.of(Provider.values()));
    }
    return options;
  }

  private void set(String option, String value) {
    switch (option) {
      case "--traces" -> folders.add(path(option, value));
      case "--only" -> only = regex(value);
      case "--sizes" -> maximum = positive(option, value);
      case "--providers" ->
          Arrays.stream(value.split(",", -1)).map(Provider::named).forEach(providers::add);
      case "--threads" -> threads = positive(option, value);
      case "--shards" ->
          Arrays.stream(value.split(",", -1)).map(n -> shards(option, n)).forEach(shards::add);
      case "--repeats" -> repeats = positive(option, value);
      case "--own-repeats" -> ownRepeats = positive(option, value);
      case "--out" -> out = path(option, value);
      default -> throw new IllegalStateException("an option without a meaning: " + option);
    }
  }

  private static Path path(String option, String value) {
    try {
      if (!value.isBlank()) {
        return Path.of(value);
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(option + " must be a folder: '" + value + "'", e);
    }
    throw new IllegalArgumentException(option + " must be a folder: '" + value + "'");
  }

  private static Pattern regex(String value) {
    try {
      return Pattern.compile(value);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("--only must be a regular expression: '" + value + "'", e);
    }
  }

  private static int positive(String option, String value) {
    if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) == 0) {
      throw new IllegalArgumentException(
          option + " must be a positive whole number: '" + value + "'");
    }
    return Integer.parseInt(value);
  }

  /** The provider knows which numbers of shards there can be. */
  private static Integer shards(String option, String value) {
    Integer shards = positive(option, value);
    new TheineConfiguration<>().setShards(shards);
    return shards;
  }

  boolean help() {
    return help;
  }

  /** The folders of traces; where there are none, the shipped traces are meant. */
  List<Path> folders() {
    return folders;
  }

  boolean shipped() {
    return shipped || folders.isEmpty();
  }

  @Nullable Path out() {
    return out;
  }

  /** Whether a trace is asked for. */
  boolean wants(String trace) {
    return only.matcher(trace).matches();
  }

  /** The sizes of a row that are asked for. */
  List<Long> sizes(TraceRow row) {
    return row.sizes().stream().filter(size -> size <= maximum).toList();
  }

  /** Who takes part. */
  List<Contender> contenders() {
    List<Contender> contenders = new ArrayList<>();
    for (Provider provider : providers) {
      boolean ours = provider == Provider.THEINE;
      contenders.add(Contender.plain(provider, null, ours ? ownRepeats : repeats));
      if (ours) {
        shards.forEach(n -> contenders.add(Contender.plain(provider, n, ownRepeats)));
        if (threads > 1) {
          contenders.add(new Contender(provider, threads, 1, null, ownRepeats));
          contenders.add(new Contender(provider, threads, threads, null, repeats));
        }
      }
    }
    return contenders;
  }
}
