package org.theine.jcache;

import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/**
 * What an entry processor sees of an entry, and what it means to do to it in the end. For the
 * thread that runs the processor, and only as long as it runs.
 */
final class ProcessorEntry<K, V> implements MutableEntry<K, V> {
  /** What the processor's calls come to, all in all. */
  enum Intention {
    NOTHING,
    ACCESS,
    LOAD,
    WRITE,
    REMOVE
  }

  private final CacheParts<K, V> parts;
  private final K key;

  /** The value before, as the cache keeps it, or null. */
  private final @Nullable Object current;

  private Intention intention = Intention.NOTHING;

  /** The value loaded or set, as the user gave it and as the cache keeps it. */
  private @Nullable V value;

  private @Nullable Object stored;

  /** The key is absent for the processor and shall not be loaded (again). */
  private boolean settled;

  /** The loader has given a value: a removal must reach the place where that came from. */
  private boolean loadedHere;

  private boolean ended;

  ProcessorEntry(CacheParts<K, V> parts, K key, @Nullable Object current) {
    this.parts = parts;
    this.key = key;
    this.current = current;
  }

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public boolean exists() {
    return switch (intention) {
      case LOAD, WRITE -> true;
      case REMOVE -> false;
      case NOTHING, ACCESS -> current != null;
    };
  }

  @Override
  public @Nullable V getValue() {
    requireRunning();
    Object held = stored;
    if (held != null) {
      return parts.given(held);
    }
    if (intention == Intention.REMOVE) {
      return null;
    }
    if (current != null) {
      intention = Intention.ACCESS;
      return parts.given(current);
    }
    return settled || !parts.readsThrough ? null : load();
  }

  private @Nullable V load() {
    settled = true;
    V loaded = parts.loading.load(key);
    if (loaded == null) {
      return null;
    }
    parts.requireValue(loaded);
    Object form = parts.form.stored(loaded);
    hold(loaded, form, Intention.LOAD);
    loadedHere = true;
    return parts.given(form);
  }

  @Override
  public void setValue(V newValue) {
    requireRunning();
    parts.requireValue(newValue);
    hold(newValue, parts.form.stored(newValue), Intention.WRITE);
  }

  private void hold(V newValue, Object form, Intention newIntention) {
    value = newValue;
    stored = form;
    intention = newIntention;
  }

  @Override
  public void remove() {
    requireRunning();
    // What was only set here goes without a trace.
    boolean wasMadeHere = current == null && stored != null && !loadedHere;
    intention = wasMadeHere ? Intention.NOTHING : Intention.REMOVE;
    value = null;
    stored = null;
    settled = true;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return CacheEntry.unwrap(this, type);
  }

  Intention intention() {
    return intention;
  }

  /** The value to be stored, as the user gave it; he may have changed the object since. */
  V value() {
    V held = value;
    assert held != null : "nothing is to be stored";
    return held;
  }

  Object stored() {
    Object held = stored;
    assert held != null : "nothing is to be stored";
    return held;
  }

  /** The processor has returned: who has kept the entry can do nothing with it any more. */
  void end() {
    ended = true;
  }

  private void requireRunning() {
    if (ended) {
      throw new IllegalStateException(
          "cache '" + parts.name + "': an entry may be used only while its processor runs");
    }
  }
}
