package org.theine.jcache;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.ResultWithClock;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;

/**
 * Tells whether what the operations of a scenario answered can be explained by a cache that is
 * bounded to so many entries, or so much weight, where a key weighs as much as its number says.
 * Lincheck's own verifier cannot: its specification must say who is evicted. For one thread; public
 * since Lincheck makes it by reflection.
 */
public class EvictionVerifier implements Verifier {
  /*
   * An exhaustive search for an order of the operations that respects what ended before what began. The
   * state is that of CacheModel. Between two operations any entry may leave, but only while more than
   * so many entries are there: nothing is evicted within the bound. Before and after the parallel part every
   * operation must leave no more than maximum entries behind, and so must the parallel part as a whole. So an
   * absence is explained by an eviction only if there was a put too much.
   */

  static final int MAXIMUM = 2;

  private final Class<?> specification;
  private final int maximum;
  private final boolean weighted;

  /** Asked for by Lincheck: the specification is {@link CacheModel}; {@link #MAXIMUM} entries. */
  public EvictionVerifier(Class<?> specification) {
    this(specification, MAXIMUM, false);
  }

  private EvictionVerifier(Class<?> specification, int maximum, boolean weighted) {
    this.specification = specification;
    this.maximum = maximum;
    this.weighted = weighted;
  }

  /** One entry. */
  public static final class ToOne extends EvictionVerifier {
    /** Asked for by Lincheck. */
    public ToOne(Class<?> specification) {
      super(specification, 1, false);
    }
  }

  /** A weight. */
  public static final class ByWeight extends EvictionVerifier {
    static final int MAXIMUM_WEIGHT = 3;

    /** Asked for by Lincheck. */
    public ByWeight(Class<?> specification) {
      super(specification, MAXIMUM_WEIGHT, true);
    }
  }

  private boolean fits(Map<Integer, Integer> entries) {
    int total =
        weighted ? entries.keySet().stream().mapToInt(Integer::intValue).sum() : entries.size();
    return total <= maximum;
  }

  @Override
  public boolean verifyResults(ExecutionScenario scenario, ExecutionResult results) {
    List<Step> before = new ArrayList<>();
    for (int i = 0; i < scenario.getInitExecution().size(); i++) {
      before.add(step(scenario.getInitExecution().get(i), results.getInitResults().get(i), null));
    }
    List<List<Step>> threads = new ArrayList<>();
    for (int t = 0; t < scenario.getParallelExecution().size(); t++) {
      threads.add(
          steps(
              scenario.getParallelExecution().get(t),
              results.getParallelResultsWithClock().get(t)));
    }
    List<Step> after = new ArrayList<>();
    for (int i = 0; i < scenario.getPostExecution().size(); i++) {
      after.add(step(scenario.getPostExecution().get(i), results.getPostResults().get(i), null));
    }
    return new Search(before, threads, after).explains();
  }

  private List<Step> steps(List<Actor> actors, List<ResultWithClock> results) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < actors.size(); i++) {
      ResultWithClock result = results.get(i);
      steps.add(step(actors.get(i), result.getResult(), result.getClockOnStart().getClock()));
    }
    return steps;
  }

  private Step step(Actor actor, Object result, int[] clock) {
    try {
      Method meaning =
          specification.getMethod(
              actor.getMethod().getName(), actor.getMethod().getParameterTypes());
      return new Step(meaning, actor.getArguments().toArray(), result.toString(), clock);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("the specification lacks an operation", e);
    }
  }

  /** An operation, what it answered, and how far each thread had come when it began. */
  private record Step(Method meaning, Object[] arguments, String result, int[] clock) {
    /** Whether the operation answers that in this state, which it changes. */
    boolean isExplainedBy(CacheModel state) {
      try {
        Object expected = meaning.invoke(state, arguments);
        return result.equals(meaning.getReturnType() == void.class ? "void" : "" + expected);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("an operation of the specification failed", e);
      }
    }
  }

  /** The search of one scenario. */
  private final class Search {
    private final List<Step> before;
    private final List<List<Step>> threads;
    private final List<Step> after;

    /** Where the search was already, in vain. */
    private final Set<List<Object>> seen = new HashSet<>();

    Search(List<Step> before, List<List<Step>> threads, List<Step> after) {
      this.before = before;
      this.threads = threads;
      this.after = after;
    }

    boolean explains() {
      return one(before, 0, Map.of(), this::parallel);
    }

    private boolean parallel(Map<Integer, Integer> entries) {
      return parallel(entries, new int[threads.size()]);
    }

    private boolean parallel(Map<Integer, Integer> entries, int[] done) {
      if (!seen.add(List.of(entries, Arrays.hashCode(done), Arrays.toString(done)))) {
        return false;
      }
      if (fits(entries) && isOver(done) && one(after, 0, entries, rest -> true)) {
        return true;
      }
      for (int t = 0; t < done.length; t++) {
        if (done[t] < threads.get(t).size() && isPossible(threads.get(t).get(done[t]), done)) {
          CacheModel state = model(entries);
          if (threads.get(t).get(done[t]).isExplainedBy(state)) {
            int[] then = done.clone();
            then[t]++;
            if (parallel(state.entries, then)) {
              return true;
            }
          }
        }
      }
      return evictions(entries).stream().anyMatch(less -> parallel(less, done));
    }

    private boolean isOver(int[] done) {
      for (int t = 0; t < done.length; t++) {
        if (done[t] < threads.get(t).size()) {
          return false;
        }
      }
      return true;
    }

    /** Whether all that ended before the operation began is done. */
    private boolean isPossible(Step step, int[] done) {
      for (int t = 0; t < done.length; t++) {
        if (done[t] < step.clock[t]) {
          return false;
        }
      }
      return true;
    }

    /** Operations one after the other, each of which leaves the bound held. */
    private boolean one(
        List<Step> steps,
        int next,
        Map<Integer, Integer> entries,
        Predicate<Map<Integer, Integer>> rest) {
      if (next == steps.size()) {
        return rest.test(entries);
      }
      CacheModel state = model(entries);
      if (!steps.get(next).isExplainedBy(state)) {
        return false;
      }
      if (fits(state.entries)) {
        return one(steps, next + 1, state.entries, rest);
      }
      return evictions(state.entries).stream().anyMatch(less -> one(steps, next + 1, less, rest));
    }

    private static CacheModel model(Map<Integer, Integer> entries) {
      CacheModel state = new CacheModel();
      state.entries.putAll(entries);
      return state;
    }

    /** What may be left when one leaves for the bound's sake. */
    private List<Map<Integer, Integer>> evictions(Map<Integer, Integer> entries) {
      List<Map<Integer, Integer>> left = new ArrayList<>();
      if (!fits(entries)) {
        for (Integer key : entries.keySet()) {
          Map<Integer, Integer> less = new HashMap<>(entries);
          less.remove(key);
          left.add(less);
        }
      }
      return left;
    }
  }
}
