package org.theine.jcache.races;

/**
 * What is known of one key in the model: its mapping, what the store behind has, what listeners
 * were told, what was counted. Keys do not know each other: an eviction is an event that may come
 * at any time. For one thread.
 */
final class KeyState {
  static final int NOTHING = -1;
  static final int NOBODY = -1;

  final Setting setting;

  /** The value of the mapping, or NOTHING. */
  int cached;

  /** What the store behind has, or NOTHING. */
  int stored;

  /** Seconds. */
  long deadline;

  /** Seconds. */
  long now;

  /** Events in short: {@code C1} created, {@code U2<1}, {@code R2}, {@code X2}, {@code E2}. */
  String story = "";

  int hits;
  int misses;
  int puts;
  int removals;
  int evictions;

  /** The actor who has the right to change the key. */
  int holder = NOBODY;

  /** What the holder commits is the value of a load. */
  boolean loading;

  /** A clear has passed over a load. */
  boolean cleared;

  KeyState(Setting setting, int cached, int stored) {
    this.setting = setting;
    this.cached = cached;
    this.stored = stored;
    this.deadline = setting.expires() ? Setting.LIFE_SECONDS : Long.MAX_VALUE;
  }

  KeyState copy() {
    KeyState copy = new KeyState(setting, cached, stored);
    copy.deadline = deadline;
    copy.now = now;
    copy.story = story;
    copy.hits = hits;
    copy.misses = misses;
    copy.puts = puts;
    copy.removals = removals;
    copy.evictions = evictions;
    copy.holder = holder;
    copy.loading = loading;
    copy.cleared = cleared;
    return copy;
  }

  Counts counts() {
    return new Counts(hits, misses, puts, removals, evictions);
  }

  boolean isAlive() {
    return cached != NOTHING && deadline > now;
  }

  /** A mapping whose time is over expires. */
  void settle() {
    if (cached != NOTHING && !isAlive()) {
      leave('X');
    }
  }

  void evict() {
    evictions++;
    leave('E');
  }

  void leave(char event) {
    tell(event + "" + cached);
    cached = NOTHING;
  }

  void create(int value) {
    cached = value;
    renew();
    tell("C" + value);
  }

  void update(int value) {
    tell("U" + value + "<" + cached);
    cached = value; // the policies leave the deadline of an update alone
  }

  /** An operation has looked at the value. */
  void touch() {
    if (setting.touches()) {
      renew();
    }
  }

  private void renew() {
    deadline = setting.expires() ? now + Setting.LIFE_SECONDS : Long.MAX_VALUE;
  }

  void write(int value) {
    if (setting.writes()) {
      stored = value;
    }
  }

  private void tell(String event) {
    if (setting.listens()) {
      story += event + " ";
    }
  }

  /** Counters of a cache, or what one key has added to them. */
  record Counts(long hits, long misses, long puts, long removals, long evictions) {
    static final Counts ZERO = new Counts(0, 0, 0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          hits + other.hits,
          misses + other.misses,
          puts + other.puts,
          removals + other.removals,
          evictions + other.evictions);
    }

    Counts minus(Counts other) {
      return plus(
          new Counts(-other.hits, -other.misses, -other.puts, -other.removals, -other.evictions));
    }

    boolean isAtMost(Counts other) {
      return hits <= other.hits
          && misses <= other.misses
          && puts <= other.puts
          && removals <= other.removals
          && evictions <= other.evictions;
    }
  }
}
