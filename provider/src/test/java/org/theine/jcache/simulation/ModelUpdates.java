package org.theine.jcache.simulation;

import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.EventKind;

/** The operations of the model on one key. */
final class ModelUpdates {
  private final World world;
  private final ModelEntries entries;
  private final ModelValues values;
  private final ModelEvents events;

  ModelUpdates(ModelEntries entries) {
    this.world = entries.world;
    this.entries = entries;
    this.values = entries.values;
    this.events = entries.events;
  }

  /** What an operation does if it acts, and what is asked before. */
  enum Change {
    PUT,
    GET_AND_PUT,
    PUT_IF_ABSENT,
    REPLACE,
    REPLACE_EQUAL,
    GET_AND_REPLACE,
    REMOVE,
    REMOVE_EQUAL,
    GET_AND_REMOVE
  }

  /** What an operation has come to. */
  static final class Result {
    boolean acted;
    @Nullable Val previous;
  }

  Result update(Change change, Key key, @Nullable Val value, @Nullable Val expected) {
    Object stored = value == null ? null : values.stored(value);
    return events.around(
        () -> {
          Node node = entries.lock(key, false);
          Result result = new Result();
          Object current = entries.current(node);
          try {
            apply(change, node, current, value, stored, expected, result);
          } finally {
            entries.unlock(node);
            count(change, current != null, result.acted);
          }
          return result;
        });
  }

  private void apply(
      Change change,
      Node node,
      @Nullable Object current,
      @Nullable Val value,
      @Nullable Object stored,
      @Nullable Val expected,
      Result result) {
    boolean gives =
        change == Change.GET_AND_PUT
            || change == Change.GET_AND_REPLACE
            || change == Change.GET_AND_REMOVE;
    if (gives && current != null) {
      result.previous = values.given(current);
    }
    boolean acts =
        switch (change) {
          case PUT, GET_AND_PUT, REMOVE, GET_AND_REMOVE -> true;
          case PUT_IF_ABSENT -> current == null;
          case REPLACE, GET_AND_REPLACE -> current != null;
          case REPLACE_EQUAL, REMOVE_EQUAL ->
              current != null && values.given(current).equals(expected);
        };
    if (!acts) {
      if (expected != null && current != null) {
        entries.touch(node);
      }
    } else if (value != null && stored != null) {
      int weight = values.weigh(node.key, value);
      long duration = current == null ? values.creation() : values.update();
      write(node.key, value);
      result.acted = commit(node, current, stored, weight, duration);
    } else {
      delete(node.key);
      if (current != null) {
        remove(node, current);
        result.acted = true;
      }
    }
  }

  private void count(Change change, boolean present, boolean acted) {
    switch (change) {
      case PUT -> entries.counts.put(acted);
      case REMOVE -> entries.counts.removal(acted);
      case GET_AND_PUT, PUT_IF_ABSENT, REPLACE, REPLACE_EQUAL, GET_AND_REPLACE -> {
        entries.counts.look(present);
        entries.counts.put(acted);
      }
      case REMOVE_EQUAL, GET_AND_REMOVE -> {
        entries.counts.look(present);
        entries.counts.removal(acted);
      }
    }
  }

  // --------------------------------------------------------------------------------------- commits

  /** Stores a value; whether there was an entry after it, be it for an instant. */
  boolean commit(Node node, @Nullable Object current, Object stored, int weight, long duration) {
    if (current == null) {
      if (duration != 0) {
        create(node, stored, weight, duration);
      }
      return duration != 0;
    }
    boolean fits = entries.fits(weight);
    if (fits) {
      entries.replace(node, stored, weight, duration);
    }
    events.publish(EventKind.UPDATED, node.key, stored, current);
    if (!fits) {
      entries.refuse(node, stored);
    } else if (duration == 0) {
      entries.expire(node);
    } else {
      entries.settle(node);
    }
    return true;
  }

  /** Tells of a new value; after a clear it is not kept, as if the clear had come just after. */
  private void create(Node node, Object stored, int weight, long duration) {
    boolean fits = entries.fits(weight);
    if (fits) {
      entries.insert(node, stored, weight, duration);
    }
    events.publish(EventKind.CREATED, node.key, stored, null);
    if (fits) {
      entries.settle(node);
    } else {
      entries.refuse(node, stored);
    }
  }

  /** Stores what was loaded for an absent key; what a clear has met is told to nobody. */
  void load(Node node, Object stored, int weight) {
    long duration = values.creation();
    if (duration != 0 && !node.cleared && !entries.closed) {
      create(node, stored, weight, duration);
    }
  }

  void remove(Node node, Object current) {
    entries.vacate(node);
    events.publish(EventKind.REMOVED, node.key, current, current);
  }

  // ------------------------------------------------------------------------------- loader and
  // writer

  /** Loads a missed key; null if there is no value. */
  @Nullable Val load(Key key) {
    return events.around(
        () -> {
          Node node = entries.lock(key, true);
          Object stored;
          try {
            stored = entries.current(node);
            if (stored == null) {
              Val value = ask(key);
              stored = value == null ? null : storeLoaded(node, value);
            }
          } finally {
            entries.unlock(node);
          }
          return stored == null ? null : values.given(stored);
        });
  }

  Object storeLoaded(Node node, Val value) {
    Object stored = values.stored(value);
    load(node, stored, values.weigh(node.key, value));
    return stored;
  }

  @Nullable Val ask(Key key) {
    if (world.plugIns.loader == null) {
      return null;
    }
    boolean answered = false;
    try {
      Val value = world.plugIns.loader.load(key);
      answered = true;
      return value;
    } catch (Exception e) {
      throw loaderFailure(e);
    } finally {
      entries.counts.load(1, answered);
    }
  }

  static CacheLoaderException loaderFailure(Exception e) {
    return e instanceof CacheLoaderException failure
        ? failure
        : new CacheLoaderException("the loader of cache '" + Settings.CACHE + "' failed", e);
  }

  static CacheWriterException writerFailure(Exception e) {
    return e instanceof CacheWriterException failure
        ? failure
        : new CacheWriterException("the writer of cache '" + Settings.CACHE + "' failed", e);
  }

  void write(Key key, Val value) {
    try {
      if (world.plugIns.writer != null) {
        world.plugIns.writer.write(new ModelEntry(key, value));
      }
    } catch (Exception e) {
      throw writerFailure(e);
    }
  }

  void delete(Key key) {
    try {
      if (world.plugIns.writer != null) {
        world.plugIns.writer.delete(key);
      }
    } catch (Exception e) {
      throw writerFailure(e);
    }
  }
}
