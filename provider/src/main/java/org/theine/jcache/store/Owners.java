package org.theine.jcache.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which entry, of those that are locked by somebody who may run user code. Safe for use by
 * several threads; an entry is recorded and forgotten by its owner.
 */
final class Owners {
  /*
   * Every loader, writer and processor passes here twice, and hardly anybody ever asks: so recording neither
   * allocates nor writes what all others write, which the counter of a map is.
   *
   * An entry has PROBES places to be in, found by its hash. The turn of a place is odd while it is taken, and no
   * two takings have the same: who reads the same odd turn before and after entry and owner has read
   * both of one taking. A place that is free holds nothing, so that nothing is kept alive.
   *
   * More owners at a time than places need thousands of loaders under way; they go to a map.
   */

  /** A power of two. */
  private static final int PLACES = 1024;

  private static final int PROBES = 4;

  private final Place[] places = new Place[PLACES];
  private final Map<Entry<?, ?>, Object> others = new ConcurrentHashMap<>();

  Owners() {
    for (int i = 0; i < PLACES; i++) {
      places[i] = new Place();
    }
  }

  private static final class Place {
    private static final VarHandle TURN;
    private static final VarHandle ENTRY;
    private static final VarHandle OWNER;

    static {
      try {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        TURN = lookup.findVarHandle(Place.class, "turn", int.class);
        ENTRY = lookup.findVarHandle(Place.class, "entry", Entry.class);
        OWNER = lookup.findVarHandle(Place.class, "owner", Object.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private volatile int turn;
    private volatile @Nullable Entry<?, ?> entry;
    private volatile @Nullable Object owner;

    boolean take(Entry<?, ?> owned, Object newOwner) {
      int seen = turn;
      if ((seen & 1) != 0 || !TURN.compareAndSet(this, seen, seen + 1)) {
        return false;
      }
      OWNER.setRelease(this, newOwner);
      ENTRY.setRelease(this, owned);
      return true;
    }

    boolean holds(Entry<?, ?> owned) {
      return entry == owned;
    }

    void leave() {
      ENTRY.setRelease(this, null);
      OWNER.setRelease(this, null);
      TURN.setRelease(this, turn + 1);
    }

    @Nullable Object ownerOf(Entry<?, ?> owned) {
      int before = turn;
      if ((before & 1) == 0 || entry != owned) {
        return null;
      }
      Object found = owner;
      return turn == before ? found : null;
    }
  }

  private Place place(Entry<?, ?> entry, int probe) {
    return places[(entry.hash >>> 8) + probe & PLACES - 1];
  }

  /** Records the owner of an entry that has none recorded. */
  void record(Entry<?, ?> entry, Object owner) {
    for (int i = 0; i < PROBES; i++) {
      if (place(entry, i).take(entry, owner)) {
        return;
      }
    }
    others.put(entry, owner);
  }

  /** Forgets the owner of an entry, if it was recorded. */
  void forget(Entry<?, ?> entry) {
    for (int i = 0; i < PROBES; i++) {
      Place place = place(entry, i);
      if (place.holds(entry)) {
        place.leave();
        return;
      }
    }
    others.remove(entry);
  }

  /** The owner of an entry, or null if none is recorded. */
  @Nullable Object ownerOf(Entry<?, ?> entry) {
    for (int i = 0; i < PROBES; i++) {
      Object owner = place(entry, i).ownerOf(entry);
      if (owner != null) {
        return owner;
      }
    }
    return others.get(entry);
  }
}
