package org.theine.jcache.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.EventKind;

/**
 * The entries of the model, the right to change them, their ends, and the bound. Whom the cache
 * evicts, and whom a sweep finds, is read in its record and judged here.
 */
final class ModelEntries {
  /**
   * One that is more than twice as heavy as others, of which the lightest weigh 1, may be refused
   * instead of being given their room.
   */
  private static final int BULKY = 4;

  static final long NEVER = Long.MAX_VALUE;
  static final long DEAD = Long.MIN_VALUE;
  static final long UNCHANGED = -1;

  /** A sweep comes this late at most. */
  private static final long SWEEP_NANOS = 1L << 28;

  /**
   * A look that brings the deadline nearer by less than a second, or takes it further away by less
   * than a quarter of one, leaves it, if that is far.
   */
  private static final long FAR_NANOS = 10_000_000_000L;

  private static final long NEARER_NANOS = 1_000_000_000L;

  private static final long FURTHER_NANOS = 250_000_000L;

  final World world;
  final ModelValues values;
  final ModelEvents events;
  final ModelCounts counts = new ModelCounts();
  final Map<Key, Node> table = new TreeMap<>(Comparator.comparing(Key::number));
  long maximum;
  boolean closed;
  private int lives;

  ModelEntries(World world) {
    this.world = world;
    this.values = new ModelValues(world);
    this.events = new ModelEvents(world);
    Settings settings = world.settings;
    maximum =
        settings.maximumWeight() > 0
            ? settings.maximumWeight()
            : settings.maximumSize() > 0 ? settings.maximumSize() : NEVER;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("cache '" + Settings.CACHE + "' is closed");
    }
  }

  // ------------------------------------------------------------------------------------------
  // locks

  /** The node of a key, which is the caller's until he unlocks it. */
  Node lock(Key key, boolean loading) {
    Node node = tryLock(key, loading);
    if (node == null) {
      requireOpen();
      throw new CacheException("cache '" + Settings.CACHE + "': entered its own key again");
    }
    return node;
  }

  /** Null if it is locked: in one thread, by an operation around the present one. */
  @Nullable Node tryLock(Key key, boolean loading) {
    Node node = table.get(key);
    if (node == null) {
      requireOpen();
      node = new Node(key);
      table.put(key, node);
    }
    if (node.locked) {
      return null;
    }
    node.locked = true;
    node.loading = loading;
    return node;
  }

  void unlock(Node node) {
    node.locked = false;
    node.loading = false;
    node.asking = false;
    node.cleared = false;
    if (node.stored == null && !node.dead) {
      bury(node);
    }
    settle(null); // the maximum was lowered while the entry was in use
    events.deliverOrphans();
  }

  private void bury(Node node) {
    node.dead = true;
    table.remove(node.key);
  }

  // ----------------------------------------------------------------------------------------
  // reading

  private boolean hasPassed(long deadline) {
    return deadline != NEVER && deadline <= world.nanos;
  }

  private long deadlineAfter(long duration) {
    long deadline = duration == NEVER ? NEVER : world.nanos + duration;
    return deadline < 0 ? NEVER : deadline;
  }

  /** The value of a node, or null; what is found expired stays so for everybody. */
  @Nullable Object peek(@Nullable Node node) {
    if (node == null || node.stored == null) {
      return null;
    }
    if (hasPassed(node.deadline)) {
      node.deadline = DEAD;
      return null;
    }
    return node.stored;
  }

  /** Reads and touches. The policy may do anything while it is asked, so then it is looked anew. */
  @Nullable Object access(@Nullable Node node) {
    Object seen = peek(node);
    if (seen == null || node == null) {
      return null;
    }
    long before = node.deadline;
    long duration = values.access();
    for (; ; ) {
      if (duration == UNCHANGED) {
        return seen;
      }
      long moved = deadlineAfter(duration);
      if (duration > FAR_NANOS && before - moved < NEARER_NANOS && moved - before < FURTHER_NANOS) {
        moved = before;
      }
      if (moved == before) {
        return seen;
      }
      if (node.deadline == before) {
        node.expireAt(moved);
        return seen;
      }
      seen = peek(node);
      if (seen == null) {
        return null;
      }
      before = node.deadline;
    }
  }

  /** The value of a locked node, or null; one whose deadline has passed ends here. */
  @Nullable Object current(Node node) {
    Object present = look(node);
    if (present == null && node.loading) {
      beginAsking(node);
    }
    return present;
  }

  /** From now on a clear throws the load's result away; one before it is none of its concern. */
  void beginAsking(Node node) {
    node.cleared &= node.dead;
    node.asking = true;
  }

  private @Nullable Object look(Node node) {
    if (node.stored == null) {
      node.cleared &= node.dead; // not looked before, so it comes after the clear
      return null;
    }
    if (hasPassed(node.deadline)) {
      node.deadline = DEAD;
      expire(node);
      return null;
    }
    return node.stored;
  }

  // ---------------------------------------------------------------------------------------
  // changing

  /** Of a locked node; false if it must not, since a clear came between. */
  boolean insert(Node node, Object stored, int weight, long duration) {
    if (closed || node.cleared || node.dead) {
      return false;
    }
    node.stored = stored;
    node.life = ++lives;
    node.weight = weight;
    node.expireAt(deadlineAfter(duration));
    return true;
  }

  void replace(Node node, Object stored, int weight, long duration) {
    if (node.stored == null) {
      return; // a clear came between
    }
    node.stored = stored;
    node.weight = weight;
    if (duration != UNCHANGED) {
      node.expireAt(deadlineAfter(duration));
    }
  }

  /** An operation that has looked and left the value. */
  void touch(Node node) {
    long duration = values.access();
    if (duration != UNCHANGED && node.deadline != DEAD) {
      node.expireAt(deadlineAfter(duration));
    }
  }

  void vacate(Node node) {
    node.stored = null;
    node.deadline = DEAD;
  }

  void expire(Node node) {
    Object stored = node.stored;
    if (stored != null) {
      world.record(Item.EXPIRED, node.key);
      counts.expiration();
      events.publish(EventKind.EXPIRED, node.key, stored, stored);
      vacate(node);
    }
  }

  void clear() {
    for (Node node : new ArrayList<>(table.values())) {
      vacate(node);
      node.cleared = node.locked;
      if (!node.locked || node.asking) {
        bury(node);
      }
    }
  }

  // ---------------------------------------------------------------------------------- bound and
  // time

  boolean fits(int weight) {
    return weight <= maximum;
  }

  long total() {
    long total = 0;
    for (Node node : table.values()) {
      total += node.stored == null ? 0 : node.weight;
    }
    return total;
  }

  long size() {
    return table.values().stream().filter(node -> node.stored != null).count();
  }

  /** A value that cannot be kept. */
  void refuse(Node node, Object stored) {
    tellEvicted(node, stored);
    vacate(node);
  }

  private void tellEvicted(Node node, Object stored) {
    world.record(Item.EVICTED, node.key);
    counts.eviction();
    events.publish(EventKind.EVICTED, node.key, stored, stored);
  }

  /**
   * Makes room as the cache did.
   *
   * @param own the entry that asks for room, or null
   */
  void settle(@Nullable Node own) {
    while (total() > maximum) {
      Key key = world.peek(Item.EVICTED);
      Node victim = key == null ? null : table.get(key);
      boolean ownCanLeave = own != null && own.stored != null && own.weight > 0;
      if (!ownCanLeave && !hasIdle(own)) {
        return; // who is in use leaves later
      }
      if (victim == null || victim.stored == null) {
        world.differ("expected: an eviction, total " + total() + "\n     got: " + world.peek());
        return;
      }
      judge(victim, own);
      tellEvicted(victim, victim.stored);
      vacate(victim);
      if (victim == own) {
        return;
      }
      bury(victim);
    }
  }

  private void judge(Node victim, @Nullable Node own) {
    if (victim.weight == 0) {
      world.differ("what weighs nothing is evicted: " + victim.key);
    }
    if (victim == own) {
      if (hasIdle(own) && own.weight < BULKY) {
        world.differ("the entry itself is evicted though others could be: " + victim.key);
      }
    } else if (victim.locked) {
      world.differ("an entry in use is evicted: " + victim.key);
    }
  }

  /** Whether somebody could make room. */
  private boolean hasIdle(@Nullable Node except) {
    return table.values().stream()
        .anyMatch(node -> node != except && !node.locked && node.stored != null && node.weight > 0);
  }

  /** The sweep: finds what it must, nothing that it must not. */
  void sweep() {
    for (Key key; (key = world.peek(Item.EXPIRED)) != null; ) {
      Node node = table.get(key);
      if (node == null || node.stored == null || node.locked || !hasPassed(node.deadline)) {
        world.differ("must not expire: " + key);
        return;
      }
      expire(node);
      bury(node);
    }
    for (Node node : List.copyOf(table.values())) {
      boolean late = node.due != NEVER && node.due <= world.nanos - SWEEP_NANOS;
      if (node.stored != null && !node.locked && late && hasPassed(node.deadline)) {
        world.differ("should have expired by now: " + node.key);
      }
    }
    events.deliverOrphans();
  }
}
