package org.theine.jcache.bench.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.bench.Trace;

/** What a trace is made from, checked when it is parsed and made when it is asked for. */
final class Spec {
  /*
   *   FILE                                     a recorded trace
   *   zipf s n requests seed                   see Generators, as for the next four
   *   zipfshift s n requests seed phases
   *   hotband n requests low high seed
   *   loop n requests
   *   scanmix s n requests scan every seed
   *   chain FILE FILE*3 ...                    files one after another, their keys kept apart
   *   SPEC | SPEC ...                          the same with any of the above
   *   sized median sigma SPEC                  entries have weights, see Weights
   */

  /** Parts of a chain differ in the bits from here on. */
  private static final int PART_SHIFT = 50;

  /** Makes the keys; what can be wrong with the arguments was found before. */
  private interface Source {
    long[] keys() throws IOException;
  }

  private final @Nullable Weights weights;
  private final Source source;

  private Spec(@Nullable Weights weights, Source source) {
    this.weights = weights;
    this.source = source;
  }

  /** Parses a spec; what is wrong with it is named in the exception. */
  static Spec parse(String spec, TraceFiles files) {
    Words words = new Words(spec, spec.trim().split("\\s+"));
    if (!words.first().equals("sized")) {
      return new Spec(null, parts(spec, files));
    }
    Weights weights = new Weights(words.number(1, "median", 1), words.number(2, "sigma", 0));
    return new Spec(weights, parts(words.after(3), files));
  }

  boolean weighted() {
    return weights != null;
  }

  /** Makes the trace. */
  Workload make(String name) throws IOException {
    return new Workload(Trace.of(name, source.keys()), weights);
  }

  private static Source parts(String spec, TraceFiles files) {
    List<Source> sources = new ArrayList<>();
    for (String part : spec.split("\\|", -1)) {
      sources.add(part(new Words(spec, part.trim().split("\\s+")), files));
    }
    return sources.size() == 1 ? sources.get(0) : () -> chained(sources);
  }

  private static Source part(Words words, TraceFiles files) {
    switch (words.first()) {
      case "zipf" -> {
        words.arguments("s n requests seed");
        double s = words.number(1, "s", 0);
        int n = words.count(2, "n");
        int requests = words.count(3, "requests");
        long seed = words.whole(4, "seed");
        return () -> Generators.zipf(s, n, requests, seed);
      }
      case "zipfshift" -> {
        words.arguments("s n requests seed phases");
        double s = words.number(1, "s", 0);
        int n = words.count(2, "n");
        int requests = words.count(3, "requests");
        long seed = words.whole(4, "seed");
        int phases = words.count(5, "phases");
        return () -> Generators.zipfShift(s, n, requests, seed, phases);
      }
      case "hotband" -> {
        words.arguments("n requests low high seed");
        int n = words.count(1, "n");
        int requests = words.count(2, "requests");
        int low = words.count(3, "low");
        int high = words.count(4, "high");
        words.require(low < high, "low must be less than high: " + low + ", " + high);
        long seed = words.whole(5, "seed");
        return () -> Generators.hotBand(n, requests, low, high, seed);
      }
      case "loop" -> {
        words.arguments("n requests");
        int n = words.count(1, "n");
        int requests = words.count(2, "requests");
        return () -> Generators.loop(n, requests);
      }
      case "scanmix" -> {
        words.arguments("s n requests scan every seed");
        double s = words.number(1, "s", 0);
        int n = words.count(2, "n");
        int requests = words.count(3, "requests");
        int scan = words.count(4, "scan");
        int every = words.count(5, "every");
        long seed = words.whole(6, "seed");
        return () -> Generators.scanMix(s, n, requests, scan, every, seed);
      }
      case "chain" -> {
        return chain(words, files);
      }
      default -> {
        words.arguments("");
        return file(words, words.first(), files);
      }
    }
  }

  private static Source chain(Words words, TraceFiles files) {
    List<Source> sources = new ArrayList<>();
    for (int i = 1; i < words.size(); i++) {
      String[] part = words.word(i).split("\\*", 2);
      int times = part.length == 1 ? 1 : words.count(part[1], "times");
      Source file = file(words, part[0], files);
      sources.add(times == 1 ? file : () -> repeated(file.keys(), times));
    }
    words.require(!sources.isEmpty(), "chain must name a file");
    return () -> chained(sources);
  }

  private static Source file(Words words, String file, TraceFiles files) {
    words.require(files.has(file), "no such file in " + files.place() + ": " + file);
    return () -> files.read(file).keys();
  }

  private static long[] repeated(long[] keys, int times) {
    long[] repeated = new long[Math.multiplyExact(keys.length, times)];
    for (int i = 0; i < times; i++) {
      System.arraycopy(keys, 0, repeated, i * keys.length, keys.length);
    }
    return repeated;
  }

  private static long[] chained(List<Source> sources) throws IOException {
    List<long[]> parts = new ArrayList<>();
    int length = 0;
    for (Source source : sources) {
      long[] keys = source.keys();
      length = Math.addExact(length, keys.length);
      parts.add(keys);
    }
    long[] chained = new long[length];
    int at = 0;
    for (int part = 0; part < parts.size(); part++) {
      for (long key : parts.get(part)) {
        chained[at++] = key ^ ((long) part << PART_SHIFT);
      }
    }
    return chained;
  }
}
