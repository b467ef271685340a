package org.theine.jcache.history;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/** The calls that histories are made of, and how a cache is called. */
enum Action {
  GET(Effect.LOOK, Answer.VALUE, (on, call) -> on.answer(call, on.cache.get(on.key(call)))),
  CONTAINS_KEY(
      Effect.PRESENT,
      Answer.TRUTH,
      (on, call) -> on.answer(call, on.cache.containsKey(on.key(call)))),
  PUT(Effect.STORE, Answer.NONE, (on, call) -> on.cache.put(on.key(call), on.value(call))),
  GET_AND_PUT(
      Effect.SWAP,
      Answer.VALUE,
      (on, call) -> on.answer(call, on.cache.getAndPut(on.key(call), on.value(call)))),
  PUT_IF_ABSENT(
      Effect.STORE_IF_ABSENT,
      Answer.TRUTH,
      (on, call) -> on.answer(call, on.cache.putIfAbsent(on.key(call), on.value(call)))),
  REPLACE(
      Effect.STORE_IF_PRESENT,
      Answer.TRUTH,
      (on, call) -> on.answer(call, on.cache.replace(on.key(call), on.value(call)))),
  REPLACE_IF_EQUAL(
      Effect.STORE_IF_EQUAL,
      Answer.TRUTH,
      (on, call) ->
          on.answer(call, on.cache.replace(on.key(call), on.expected(call), on.value(call)))),
  GET_AND_REPLACE(
      Effect.SWAP_IF_PRESENT,
      Answer.VALUE,
      (on, call) -> on.answer(call, on.cache.getAndReplace(on.key(call), on.value(call)))),
  REMOVE(Effect.ERASE, Answer.TRUTH, (on, call) -> on.answer(call, on.cache.remove(on.key(call)))),
  REMOVE_IF_EQUAL(
      Effect.ERASE_IF_EQUAL,
      Answer.TRUTH,
      (on, call) -> on.answer(call, on.cache.remove(on.key(call), on.expected(call)))),
  GET_AND_REMOVE(
      Effect.TAKE,
      Answer.VALUE,
      (on, call) -> on.answer(call, on.cache.getAndRemove(on.key(call)))),
  INVOKE_INCREMENT(
      Effect.INCREMENT, Answer.VALUE, (on, call) -> invoke(on, call, Processors.INCREMENT)),
  INVOKE_SET_IF_PRESENT(
      Effect.SWAP_IF_PRESENT,
      Answer.VALUE,
      (on, call) -> invoke(on, call, Processors.SET_IF_PRESENT)),
  INVOKE_REMOVE(Effect.TAKE, Answer.VALUE, (on, call) -> invoke(on, call, Processors.REMOVE)),
  INVOKE_LOOK(Effect.EXAMINE, Answer.VALUE, (on, call) -> invoke(on, call, Processors.LOOK)),
  GET_ALL(
      Effect.LOOK, Answer.VALUE, (on, call) -> on.answer(call, on.cache.getAll(keysOf(on, call)))),
  PUT_ALL(Effect.STORE, Answer.NONE, (on, call) -> on.cache.putAll(mappingsOf(on, call))),
  REMOVE_ALL_OF(
      Effect.ERASE_SILENTLY, Answer.NONE, (on, call) -> on.cache.removeAll(keysOf(on, call))),
  REMOVE_ALL(Effect.ERASE_SILENTLY, Answer.NONE, (on, call) -> on.cache.removeAll()),
  INVOKE_ALL(Effect.INCREMENT, Answer.VALUE, Action::invokeAll),
  LOAD_ALL(Effect.LOAD, Answer.NONE, (on, call) -> on.load(call, keysOf(on, call), false)),
  RELOAD_ALL(Effect.RELOAD, Answer.NONE, (on, call) -> on.load(call, keysOf(on, call), true)),
  ITERATE(Effect.SHOWN, Answer.VALUE, Action::iterate),
  CLEAR(Effect.CLEAR, Answer.NONE, (on, call) -> on.cache.clear()),
  ADVANCE(Effect.TICK, Answer.NONE, (on, call) -> on.advance(call.ticks)),
  EXPIRE_NOW(Effect.NOTHING, Answer.NONE, (on, call) -> on.expireNow());

  /** What a call answers for each key. */
  enum Answer {
    NONE,
    VALUE,
    TRUTH
  }

  final Effect effect;
  final Answer answer;
  private final BiConsumer<Subject, Call> run;

  Action(Effect effect, Answer answer, BiConsumer<Subject, Call> run) {
    this.effect = effect;
    this.answer = answer;
    this.run = run;
  }

  /** Calls the cache and writes down what it answers. */
  void run(Subject subject, Call call) {
    run.accept(subject, call);
  }

  /** Whether the call may have more keys than one. */
  boolean takesKeys() {
    return switch (this) {
      case GET_ALL, PUT_ALL, REMOVE_ALL_OF, INVOKE_ALL, LOAD_ALL, RELOAD_ALL -> true;
      default -> false;
    };
  }

  /** Whether the call concerns all keys there are. */
  boolean concernsAll() {
    return switch (this) {
      case REMOVE_ALL, ITERATE, CLEAR, ADVANCE, EXPIRE_NOW -> true;
      default -> false;
    };
  }

  /** Whether the call may write a value of its own. */
  boolean writes() {
    return switch (effect) {
      case STORE,
          SWAP,
          STORE_IF_ABSENT,
          STORE_IF_PRESENT,
          STORE_IF_EQUAL,
          SWAP_IF_PRESENT,
          INCREMENT ->
          true;
      default -> false;
    };
  }

  /** Whether the call loads what is absent if the cache reads through. */
  boolean loads() {
    return switch (this) {
      case GET,
          GET_ALL,
          INVOKE_INCREMENT,
          INVOKE_SET_IF_PRESENT,
          INVOKE_REMOVE,
          INVOKE_LOOK,
          INVOKE_ALL ->
          true;
      default -> false;
    };
  }

  /** Whether others may wait for what the call loads, or finds when it is about to load. */
  boolean isFollowed() {
    return switch (this) {
      case GET, GET_ALL, LOAD_ALL, RELOAD_ALL -> true;
      default -> false;
    };
  }

  boolean compares() {
    return effect == Effect.STORE_IF_EQUAL || effect == Effect.ERASE_IF_EQUAL;
  }

  /** The processors; the first argument is the subject, the second the call. */
  private static final class Processors {
    static final EntryProcessor<Key, Stamp, @Nullable Stamp> INCREMENT =
        (entry, arguments) -> {
          Stamp before = entry.getValue();
          Subject.pause((Call) arguments[1]);
          entry.setValue(
              before == null
                  ? ((Subject) arguments[0]).value((Call) arguments[1], entry.getKey())
                  : before.incremented());
          return before;
        };

    static final EntryProcessor<Key, Stamp, @Nullable Stamp> SET_IF_PRESENT =
        (entry, arguments) -> {
          Stamp before = entry.getValue();
          Subject.pause((Call) arguments[1]);
          if (before != null) {
            entry.setValue(((Subject) arguments[0]).value((Call) arguments[1], entry.getKey()));
          }
          return before;
        };

    static final EntryProcessor<Key, Stamp, @Nullable Stamp> REMOVE =
        (entry, arguments) -> {
          Stamp before = entry.getValue();
          Subject.pause((Call) arguments[1]);
          entry.remove();
          return before;
        };

    static final EntryProcessor<Key, Stamp, @Nullable Stamp> LOOK =
        (entry, arguments) -> entry.getValue();

    private Processors() {}
  }

  private static void invoke(
      Subject on, Call call, EntryProcessor<Key, Stamp, @Nullable Stamp> processor) {
    on.answer(call, on.cache.invoke(on.key(call), processor, on, call));
  }

  private static void invokeAll(Subject on, Call call) {
    Map<Key, EntryProcessorResult<@Nullable Stamp>> results =
        on.cache.invokeAll(keysOf(on, call), Processors.INCREMENT, on, call);
    results.forEach((key, result) -> on.answer(call, key, result.get()));
  }

  private static void iterate(Subject on, Call call) {
    for (Cache.Entry<Key, Stamp> entry : on.cache) {
      if (on.isOwn(entry.getKey())) {
        if (call.answers[on.indexOf(entry.getKey())] == 0) {
          on.answer(call, entry.getKey(), entry.getValue());
        } else {
          call.shownAgain = true;
        }
      }
    }
  }

  private static Set<Key> keysOf(Subject on, Call call) {
    Set<Key> keys = new HashSet<>();
    for (int key = 0; key < Call.KEYS; key++) {
      if (call.concerns(key)) {
        keys.add(on.key(key));
      }
    }
    return keys;
  }

  private static Map<Key, Stamp> mappingsOf(Subject on, Call call) {
    Map<Key, Stamp> mappings = new HashMap<>();
    keysOf(on, call).forEach(key -> mappings.put(key, on.value(call, key)));
    return mappings;
  }
}
