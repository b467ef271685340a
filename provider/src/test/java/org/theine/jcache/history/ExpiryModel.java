package org.theine.jcache.history;

/**
 * One key of a cache whose entries expire, while calls turn the clock. Stateless.
 *
 * @param creation how many ticks a new value lives
 * @param update how many ticks from an update on, or UNCHANGED
 * @param access how many ticks from a look on, or UNCHANGED
 * @param loads whether a look that misses loads
 */
record ExpiryModel(int creation, int update, int access, boolean loads) implements Model {
  /*
   * The state: the value, its deadline, the time, and the call that has the key in hand, with the value
   * that it has found.
   *
   * A call reads the clock at some time while it is under way, not quite when it takes place: a deadline
   * may be counted from any time since it began, that of a touch from any until it ended.
   *
   * A call that has found the entry alive when it locked it treats it so until it commits, though others may
   * see it expired meanwhile. So a call may take place in two steps, between which nobody can but look.
   */

  static final int UNCHANGED = -1;

  private static final int CODE_MASK = (1 << Stamp.CODE_BITS) - 1;
  private static final int TIME_BITS = 5;
  private static final int TIME_MASK = (1 << TIME_BITS) - 1;
  private static final int DEADLINE = Stamp.CODE_BITS;
  private static final int NOW = DEADLINE + TIME_BITS;
  private static final int FOUND = NOW + TIME_BITS;
  private static final int HOLDER = FOUND + Stamp.CODE_BITS;

  ExpiryModel(int creation, int update, int access) {
    this(creation, update, access, false);
  }

  @Override
  public long initial() {
    return 0;
  }

  @Override
  public void apply(long state, History history, Call call, int key, Successors into) {
    Effect effect = call.action.effect;
    int holder = holder(state);
    if (effect == Effect.TICK) {
      into.add(state + ((long) call.ticks << NOW));
    } else if (effect.isFree() || holder == 0) {
      complete(state, alive(state), history, call, key, into);
    } else if (holder == call.thread + 1) {
      long freed = state & (1L << FOUND) - 1;
      complete(freed, (int) (state >>> FOUND) & CODE_MASK, history, call, key, into);
    }
  }

  @Override
  public void begin(long state, History history, Call call, int key, Successors into) {
    int alive = alive(state);
    if (holder(state) == 0
        && alive != 0
        && !call.action.effect.isFree()
        && history.latest(call) > history.earliest(call)) {
      into.add(state | (long) alive << FOUND | call.thread + 1L << HOLDER);
    }
  }

  /** The call takes place for a key whose value it has found to be this. */
  private void complete(
      long state, int found, History history, Call call, int key, Successors into) {
    Effect effect = call.action.effect;
    int after = effect.after(found, call, key);
    if (after == Effect.UNEXPLAINED) {
      if (loads && found == 0 && isHandedOver(state, history, call, key)) {
        into.add(state);
      }
      return;
    }
    long bare = state & -1L << NOW; // the time, and who has the key in hand if the call only looks
    if (after == 0) {
      into.add(bare);
    } else if (after != found) {
      write(bare, state, found, after, history, call, into);
    } else {
      look(bare, state, history, call, into);
    }
  }

  /**
   * Whether the call has waited for what another one loaded, or found when it was about to load: it
   * takes that, though it may have expired meanwhile.
   */
  private static boolean isHandedOver(long state, History history, Call call, int key) {
    int answer = call.answers[key];
    boolean looks = call.action.effect == Effect.LOOK && answer != 0;
    if (!looks && call.action.effect != Effect.LOAD || call.loaded[key] != 0) {
      return false;
    }
    int expired = (int) state & CODE_MASK;
    for (Call[] ofThread : history.calls) {
      for (Call other : ofThread) {
        if (other.action.isFollowed() && other.concerns(key) && other.overlaps(call)) {
          int loaded = other.loaded[key];
          if (looks ? answer == loaded || answer == expired : loaded != 0 || expired != 0) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private void write(
      long bare, long state, int found, int after, History history, Call call, Successors into) {
    int duration = found == 0 ? creation : update;
    if (duration == UNCHANGED) {
      into.add(bare | after | (long) deadline(state) << DEADLINE);
    } else {
      addAll(bare | after, history.earliest(call), now(state), duration, into);
    }
  }

  private void look(long bare, long state, History history, Call call, Successors into) {
    Effect effect = call.action.effect;
    boolean touches = access != UNCHANGED && (effect.touches() || effect == Effect.SHOWN);
    if (!touches || effect == Effect.SHOWN || alive(state) == 0) {
      into.add(state);
    }
    if (touches && alive(state) != 0) {
      long kept = bare | (int) state & CODE_MASK;
      addAll(kept, history.earliest(call), history.latest(call), access, into);
    }
  }

  private static void addAll(long state, int earliest, int latest, int duration, Successors into) {
    for (int time = latest; time >= earliest; time--) {
      into.add(state | (long) (time + duration) << DEADLINE);
    }
  }

  @Override
  public boolean isEnd(long state, History history, int keys) {
    return alive(state) == history.left[Integer.numberOfTrailingZeros(keys)];
  }

  /** The value, unless its deadline has passed. */
  private static int alive(long state) {
    return deadline(state) > now(state) ? (int) state & CODE_MASK : 0;
  }

  private static int deadline(long state) {
    return (int) (state >>> DEADLINE) & TIME_MASK;
  }

  private static int now(long state) {
    return (int) (state >>> NOW) & TIME_MASK;
  }

  private static int holder(long state) {
    return (int) (state >>> HOLDER);
  }
}
