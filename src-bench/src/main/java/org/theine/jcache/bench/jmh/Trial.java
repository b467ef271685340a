package org.theine.jcache.bench.jmh;

import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One thing that is timed for several subjects. Immutable.
 *
 * @param title what it is called in tables
 * @param benchmark the class with the method
 * @param method the method that is timed
 * @param threads how many threads do it at a time
 * @param parameters of the benchmark, beside the subject
 * @param subjects for whom
 */
public record Trial(
    String title,
    Class<?> benchmark,
    String method,
    int threads,
    Map<String, String> parameters,
    List<Subject> subjects) {
  private static final TimeValue WARM_UP = TimeValue.milliseconds(250);
  private static final TimeValue ITERATION = TimeValue.milliseconds(150);
  private static final int WARM_UPS = 3;
  private static final int ITERATIONS = 3;

  /**
   * Times one subject in a virtual machine of its own.
   *
   * @param subject one of the subjects
   * @return nanoseconds of processor time per operation
   * @throws RunnerException if the virtual machine fails
   */
  public double nanos(Subject subject) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
            .param("subject", subject.name())
            .threads(threads)
            .forks(1)
            .warmupIterations(WARM_UPS)
            .warmupTime(WARM_UP)
            .measurementIterations(ITERATIONS)
            .measurementTime(ITERATION)
            .jvmArgs(
                "-Xms1g", "-Xmx1g", "-Xbatch") // else compilers are late where processors are busy
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    parameters.forEach(options::param);
    RunResult result = new Runner(options.build()).runSingle();
    return count(result, "cpuNanos") / count(result, "operations");
  }

  private static double count(RunResult result, String counter) {
    return result.getSecondaryResults().get(counter).getScore();
  }
}
