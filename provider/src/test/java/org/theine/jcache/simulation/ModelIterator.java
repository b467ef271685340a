package org.theine.jcache.simulation;

import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * An iterator of the model. The order is the cache's: what it comes across is read in the record
 * and judged here.
 */
final class ModelIterator implements Iterator<Cache.Entry<Key, Val>> {
  private final ModelCache cache;
  private final ModelEntries entries;
  private final World world;

  /** There when the iteration began: who still is at the end must have been met. */
  private final Set<Integer> atFirst = new HashSet<>();

  /** The lives that were met: a key that leaves and comes back may be met again. */
  private final Set<Integer> met = new HashSet<>();

  private @Nullable Node found;
  private @Nullable Object foundValue;
  private @Nullable Key last;

  ModelIterator(ModelCache cache) {
    this.cache = cache;
    this.entries = cache.entries;
    this.world = entries.world;
    for (Node node : entries.table.values()) {
      if (node.stored != null) {
        atFirst.add(node.life);
      }
    }
  }

  @Override
  public boolean hasNext() {
    entries.requireOpen();
    while (found == null) {
      Key key = world.peek(Item.FOUND);
      if (key == null) {
        requireAllMet();
        world.record(Item.FOUND, Item.NO_KEY);
        return false;
      }
      Node node = entries.table.get(key);
      if (node == null || node.stored == null || !met.add(node.life)) {
        world.differ("an iterator comes across what is not there, or has been met: " + key);
        return false;
      }
      foundValue = entries.peek(node);
      found = foundValue == null ? null : node;
      world.record(Item.FOUND, key);
    }
    return true;
  }

  private void requireAllMet() {
    for (Node node : entries.table.values()) {
      if (node.stored != null && atFirst.contains(node.life) && !met.contains(node.life)) {
        world.differ("an iterator has not come across " + node.key + ", there all the time");
      }
    }
  }

  @Override
  public Cache.Entry<Key, Val> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("cache '" + Settings.CACHE + "' has no further entry");
    }
    Node node = found;
    Object pinned = foundValue;
    if (node == null || pinned == null) {
      throw new NoSuchElementException("over");
    }
    found = null;
    foundValue = null;
    Object value = entries.access(node);
    entries.counts.look(true);
    last = node.key;
    return new ModelEntry(node.key, cache.given(value == null ? pinned : value));
  }

  @Override
  public void remove() {
    entries.requireOpen();
    Key key = last;
    if (key == null) {
      throw new IllegalStateException("cache '" + Settings.CACHE + "': next comes first");
    }
    last = null;
    cache.remove(key);
  }
}
