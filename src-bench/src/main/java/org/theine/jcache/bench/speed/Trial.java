package org.theine.jcache.bench.speed;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One contestant's run of a row, in a virtual machine of its own.
 *
 * @param row what is done
 * @param contestant by whom
 * @param scale how long
 * @param shards of ours, 0 for what it takes by itself
 */
record Trial(Row row, Contestant contestant, Scale scale, int shards) {
  /** How the virtual machine is started; compilers are late if they compile in the background. */
  private static final String[] JVM_ARGUMENTS = {"-Xms4g", "-Xmx4g", "-XX:+UseG1GC"};

  /** How ours is told how many shards it has. */
  static final String SHARDS = "theine.jcache.defaults.shards";

  /** The arguments of the virtual machine, in a line. */
  static String jvmArguments(int shards) {
    return String.join(" ", JVM_ARGUMENTS) + (shards == 0 ? "" : " -D" + SHARDS + "=" + shards);
  }

  /** Runs it; some seconds. */
  Sample run() throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + row.benchmark().getName().replace(".", "\\.") + "\\." + method() + "$")
            .param("contestant", contestant.name())
            .param("setting", row.setting().name())
            .threads(row.threads())
            .forks(1)
            .warmupIterations(scale.warmUps())
            .warmupTime(scale.time())
            .measurementIterations(scale.iterations())
            .measurementTime(scale.time())
            .addProfiler(ProcessTime.class)
            .addProfiler(GCProfiler.class)
            .jvmArgs(JVM_ARGUMENTS)
            .jvmArgsAppend(
                shards == 0 ? new String[0] : new String[] {"-D" + SHARDS + "=" + shards})
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    if (row.benchmark() != LifeBenchmark.class) {
      options.param("kind", row.kind().name()).param("keys", String.valueOf(row.keys()));
    }
    RunResult result = new Runner(options.build()).runSingle();
    return new Sample(
        score(result, ProcessTime.NAME),
        result.getPrimaryResult().getScore(),
        score(result, "gc.alloc.rate.norm"),
        score(result, "missed") / score(result, "requested"));
  }

  /** A figure beside the time; NaN if there is none of this name. */
  private static double score(RunResult result, String name) {
    return result.getSecondaryResults().containsKey(name)
        ? result.getSecondaryResults().get(name).getScore()
        : Double.NaN;
  }

  private String method() {
    // What is no cache has no getAll.
    return row.method().equals("getAll") && !contestant.isProvider() ? "loop" : row.method();
  }
}
