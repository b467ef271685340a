package org.theine.jcache.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.theine.jcache.policy.EvictionPolicy;

/** Names the victims that a test has laid out, and writes down what it is told. For one thread. */
final class ScriptedPolicy implements EvictionPolicy {
  final Deque<Integer> victims = new ArrayDeque<>();
  final List<String> told = new ArrayList<>();
  private final Map<Integer, Integer> weights = new HashMap<>();

  /**
   * Runs before the weight of a slot is told, which a shard asks of a victim that it has locked.
   */
  Runnable beforeWeight = () -> {};

  @Override
  public void hit(int slot, long hash) {
    told.add("hit " + slot);
  }

  /** Runs before a slot is linked. */
  Runnable beforeInsert = () -> {};

  @Override
  public void insert(int slot, int weight) {
    beforeInsert.run();
    weights.put(slot, weight);
  }

  @Override
  public void reweigh(int slot, int weight) {
    told.add("reweigh " + slot + " to " + weight);
    weights.put(slot, weight);
  }

  @Override
  public int weight(int slot) {
    beforeWeight.run();
    return Objects.requireNonNull(weights.get(slot));
  }

  @Override
  public void remove(int slot) {
    weights.remove(slot);
  }

  @Override
  public boolean refuses(int slot) {
    return false;
  }

  @Override
  public int victim() {
    Integer victim = victims.poll();
    return victim == null ? NONE : victim;
  }

  @Override
  public void busy(int slot) {
    told.add("busy " + slot);
  }

  @Override
  public void capacity(long maximumWeight) {
    told.add("capacity " + maximumWeight);
  }

  @Override
  public long weight() {
    return weights.values().stream().mapToLong(Integer::intValue).sum();
  }

  @Override
  public void clear() {
    told.add("clear");
    weights.clear();
  }

  @Override
  public void audit(IntPredicate used) {
    for (int slot : weights.keySet()) {
      if (!used.test(slot)) {
        throw new IllegalStateException("slot " + slot + " is not used");
      }
    }
  }
}
