package org.theine.jcache.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every setting that a file or a property can give a cache: a row each. The guide's page of
 * settings has the same rows.
 */
public enum Setting {

  /** Takes what a template says, where the block itself says nothing. */
  TEMPLATE(Kind.TEMPLATE, Group.NONE, "none"),

  /** Largest number of entries. */
  MAXIMUM(Kind.COUNT, Group.BOUND, "unbounded"),

  /** Largest total weight. */
  MAXIMUM_WEIGHT(Kind.SIZE, Group.BOUND, "unbounded"),

  /** Weighs entries; needed by a maximum weight. */
  WEIGHER(Kind.CLASS, Group.NONE, "none"),

  /** How long an entry lives after it was created or changed. */
  TTL(Kind.DURATION, Group.EXPIRY, "eternal"),

  /** How long an entry lives after it was created, changed or read. */
  TTI(Kind.DURATION, Group.EXPIRY, "eternal"),

  /** How long a new entry lives. */
  EXPIRE_AFTER_CREATE(Kind.DURATION, Group.EXPIRY_BY_CAUSE, "eternal"),

  /** How long an entry lives after its value has changed. */
  EXPIRE_AFTER_UPDATE(Kind.DURATION, Group.EXPIRY_BY_CAUSE, "as before"),

  /** How long an entry lives after it was read. */
  EXPIRE_AFTER_ACCESS(Kind.DURATION, Group.EXPIRY_BY_CAUSE, "as before"),

  /** Tells how long entries live. */
  EXPIRY_POLICY(Kind.CLASS, Group.EXPIRY, "none"),

  /** Counts hits, misses and the rest, and shows them by JMX. */
  STATISTICS(Kind.SWITCH, Group.NONE, "off"),

  /** Shows the configuration by JMX. */
  MANAGEMENT(Kind.SWITCH, Group.NONE, "off"),

  /** Whether values are copied on their way in and out. */
  STORE_BY_VALUE(Kind.SWITCH, Group.NONE, "on"),

  /** What keys must be. */
  KEY_TYPE(Kind.TYPE, Group.NONE, "java.lang.Object"),

  /** What values must be. */
  VALUE_TYPE(Kind.TYPE, Group.NONE, "java.lang.Object"),

  /** Classes whose instances need no copy. */
  IMMUTABLE_TYPES(Kind.TYPES, Group.NONE, "none"),

  /** Copies keys and values. */
  COPIER(Kind.CLASS, Group.NONE, "none"),

  /** Serialises keys and values. */
  SERIALIZER(Kind.CLASS, Group.NONE, "none"),

  /** Whether a miss loads. */
  READ_THROUGH(Kind.SWITCH, Group.NONE, "off"),

  /** Loads what is missing. */
  LOADER(Kind.CLASS, Group.NONE, "none"),

  /** Whether changes are written. */
  WRITE_THROUGH(Kind.SWITCH, Group.NONE, "off"),

  /** Writes changes. */
  WRITER(Kind.CLASS, Group.NONE, "none"),

  /** Who is told of changes. */
  LISTENERS(Kind.LISTENERS, Group.NONE, "none"),

  /** Who is told of evictions. */
  EVICTION_EVENTS(Kind.EVICTION_EVENTS, Group.NONE, "removed"),

  /** Runs what is asynchronous. */
  EXECUTOR(Kind.CLASS, Group.NONE, "own threads"),

  /** Number of parts that are locked each by itself. */
  SHARDS(Kind.SHARDS, Group.NONE, "automatic");

  /**
   * Settings of which one takes the place of the other. Where a block says one of a group, what
   * weaker blocks say of the group no longer counts.
   */
  enum Group {
    /** Stands for itself. */
    NONE,
    /** One or the other. */
    BOUND,
    /** One of them, in place of those by cause. */
    EXPIRY,
    /** Any of these three together, in place of the others of expiry. */
    EXPIRY_BY_CAUSE
  }

  private final String key = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final Kind kind;
  private final Group group;
  private final String without;

  Setting(Kind kind, Group group, String without) {
    this.kind = kind;
    this.group = group;
    this.without = without;
  }

  /**
   * Returns the setting's name in files and properties.
   *
   * @return lower case words with hyphens
   */
  public String key() {
    return key;
  }

  /**
   * Returns what the value must be.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Returns what holds where nobody says anything.
   *
   * @return a value or a word for it, as the guide tells it
   */
  public String without() {
    return without;
  }

  /**
   * Tells whether this can be said of all caches at once.
   *
   * @return true if it may stand in the defaults too
   */
  public boolean mayBeDefault() {
    return this != TEMPLATE;
  }

  /**
   * Tells whether this says how much a cache holds.
   *
   * @return true for each kind of bound
   */
  public boolean isBound() {
    return group == Group.BOUND;
  }

  /**
   * Tells whether this says how long entries live.
   *
   * @return true for each kind of expiry
   */
  public boolean isExpiry() {
    return group == Group.EXPIRY || group == Group.EXPIRY_BY_CAUSE;
  }

  /** Whether both are about the same question, so that the stronger block's answer counts alone. */
  boolean answersAs(Setting other) {
    return this == other
        || (isBound() && other.isBound())
        || (isExpiry() && other.isExpiry() && !bothByCause(other));
  }

  /** Whether one block must not say both. */
  boolean contradicts(Setting other) {
    return this != other && answersAs(other);
  }

  private boolean bothByCause(Setting other) {
    return group == Group.EXPIRY_BY_CAUSE && other.group == Group.EXPIRY_BY_CAUSE;
  }

  /** The setting of this name, or null. */
  static @Nullable Setting of(String key) {
    for (Setting setting : values()) {
      if (setting.key.equals(key)) {
        return setting;
      }
    }
    return null;
  }

  static List<String> keys() {
    return Stream.of(values()).map(Setting::key).toList();
  }
}
