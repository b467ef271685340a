package org.theine.jcache.history;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import org.theine.jcache.TheineConfiguration;

/**
 * A kind of cache, the calls that histories make of it, and the model that explains them. Immutable
 * once made.
 */
final class Setting {
  /** Idle turns. */
  private static final int LONGEST_PAUSE = 150;

  private static final int SHORT_PAUSE = 16;

  /** One call in so many takes a nap. */
  private static final int NAPS = 40;

  /** Ticks of a history, so that times fit the state of the model. */
  private static final int TICKS = 10;

  private final String name;
  private final int threads;
  private final int keys;
  private final Model model;
  private final List<Action> actions = new ArrayList<>();
  private BiConsumer<TheineConfiguration<Key, Stamp>, Subject> configurer = (cache, subject) -> {};
  private boolean joint;
  private boolean colliding;
  private boolean full;
  private boolean loads;
  private boolean writes;
  private boolean listens;
  private boolean expires;
  private boolean clears;
  private boolean readsBack;

  Setting(String name, int threads, int keys, Model model) {
    this.name = name;
    this.threads = threads;
    this.keys = keys;
    this.model = model;
    calls(Action.GET, 4);
    calls(Action.PUT, 4);
    for (Action action : Action.values()) {
      if (isCommon(action)) {
        calls(action, 2);
      }
    }
    calls(Action.CLEAR, 1);
    calls(Action.ITERATE, 2);
  }

  private static boolean isCommon(Action action) {
    return switch (action) {
      case GET, PUT, LOAD_ALL, RELOAD_ALL, CLEAR, ITERATE, REMOVE_ALL, ADVANCE, EXPIRE_NOW -> false;
      default -> true;
    };
  }

  // ---------------------------------------------------------------------------------------- making

  /** Makes a call more frequent. */
  Setting calls(Action action, int times) {
    for (int i = 0; i < times; i++) {
      actions.add(action);
    }
    return this;
  }

  private Setting without(Action action) {
    actions.removeIf(action::equals);
    return this;
  }

  Setting with(BiConsumer<TheineConfiguration<Key, Stamp>, Subject> more) {
    configurer = configurer.andThen(more);
    return this;
  }

  /** The keys have something in common, so that none is explained alone. */
  Setting jointly() {
    joint = true;
    return this;
  }

  /** All keys have one hash code, and there are so many that they get a node of their own. */
  Setting colliding() {
    colliding = true;
    return filled();
  }

  /** So many other keys are there that the next ones make the table grow. */
  Setting filled() {
    full = true;
    return this;
  }

  Setting readingThrough() {
    loads = true;
    calls(Action.GET, 3).calls(Action.LOAD_ALL, 2).calls(Action.RELOAD_ALL, 2);
    return with(
        (cache, subject) ->
            cache.setReadThrough(true).setCacheLoaderFactory(() -> new Plugs.Loader(subject)));
  }

  /** Without clear, which the writer is not told of. */
  Setting writingThrough() {
    writes = true;
    without(Action.CLEAR);
    return with(
        (cache, subject) ->
            cache.setWriteThrough(true).setCacheWriterFactory(() -> new Plugs.Writer(subject)));
  }

  /** Without clear, which listeners are not told of. */
  Setting listening(boolean synchronous) {
    listens = true;
    without(Action.CLEAR);
    return with(
        (cache, subject) ->
            cache.addCacheEntryListenerConfiguration(
                new MutableCacheEntryListenerConfiguration<>(
                    subject::story, null, true, synchronous)));
  }

  /** With clear all the same. */
  Setting clearing() {
    clears = true;
    return calls(Action.CLEAR, 2);
  }

  /** The loader finds what the writer has written. */
  Setting readingBack() {
    readsBack = true;
    return this;
  }

  Setting expiring(ExpiryPolicy policy) {
    expires = true;
    calls(Action.ADVANCE, 4).calls(Action.EXPIRE_NOW, 1);
    return with((cache, subject) -> cache.setExpiryPolicyFactory(() -> policy));
  }

  // ----------------------------------------------------------------------------------------- using

  int threads() {
    return threads;
  }

  Model model() {
    return model;
  }

  boolean loads() {
    return loads;
  }

  boolean writes() {
    return writes;
  }

  boolean listens() {
    return listens;
  }

  boolean expires() {
    return expires;
  }

  /** Whether entries leave of which neither writer nor listener is told. */
  boolean clears() {
    return clears;
  }

  boolean readsBack() {
    return readsBack;
  }

  void configure(TheineConfiguration<Key, Stamp> configuration, Subject subject) {
    configurer.accept(configuration, subject);
  }

  Key key(int number) {
    return new Key(number, colliding ? 1 : number);
  }

  /** How many other keys are in the cache when a history begins. */
  int others(long history) {
    return full ? 6 + (int) (history % 3) : 0;
  }

  /** The keys whose answers no order explains. */
  int unexplained(Search search, History history) {
    int all = (1 << keys) - 1;
    if (joint) {
      return search.explains(history, all) ? 0 : all;
    }
    int unexplained = 0;
    for (int key = 0; key < keys; key++) {
      unexplained |= search.explains(history, 1 << key) ? 0 : 1 << key;
    }
    return unexplained;
  }

  /** Decides what a history calls, always the same for its number and seed. */
  void plan(History history, long number, long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L);
    history.reset(number);
    int ticks = 0;
    for (Call[] ofThread : history.calls) {
      for (Call call : ofThread) {
        plan(call, random, ticks);
        ticks += call.ticks;
      }
    }
  }

  private void plan(Call call, SplittableRandom random, int ticks) {
    Action action = actions.get(random.nextInt(actions.size()));
    if (action == Action.ADVANCE && ticks + 2 > TICKS) {
      action = Action.GET;
    }
    call.action = action;
    call.keys = keysOf(action, random);
    call.ticks = action == Action.ADVANCE ? random.nextInt(1, 3) : 0;
    call.expected =
        action.compares() ? code(random.nextInt(threads), random.nextInt(4), call.key()) : 0;
    for (int key = 0; key < keys; key++) {
      if (action.writes() && call.concerns(key)) {
        call.values[key] = code(call.thread, call.index, key);
      }
    }
    call.pause = pause(random);
  }

  private static int pause(SplittableRandom random) {
    int kind = random.nextInt(NAPS);
    if (kind == 0) {
      return Call.NAP;
    }
    return kind % 2 == 0 ? 0 : random.nextInt(kind % 8 == 1 ? LONGEST_PAUSE : SHORT_PAUSE);
  }

  private int keysOf(Action action, SplittableRandom random) {
    if (action.concernsAll() || action.takesKeys() && random.nextInt(4) > 0) {
      return (1 << keys) - 1;
    }
    return 1 << random.nextInt(keys);
  }

  /** The value that a call writes, like no other of its history. */
  private static int code(int thread, int index, int key) {
    return (thread * History.LENGTH + index) * Call.KEYS + key + 1;
  }

  @Override
  public String toString() {
    return name;
  }
}
