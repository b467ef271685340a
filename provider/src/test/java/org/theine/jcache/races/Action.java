package org.theine.jcache.races;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.theine.jcache.TheineCache;

/** The operations of a cache as data: which keys each is about, how it is called, what it means. */
enum Action {
  GET(Scope.ONE, Scripts::get) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      answers.set(key, arena.cache.get(key));
    }
  },
  CONTAINS_KEY(Scope.ONE, Scripts::containsKey) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      answers.set(key, arena.cache.containsKey(key));
    }
  },
  GET_ALL(Scope.BOTH, Scripts::get) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      Map<Key, Box> found = arena.cache.getAll(both(key));
      both(key).forEach(each -> answers.set(each, found.get(each)));
    }
  },
  PUT(Scope.ONE, Scripts::put) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      arena.cache.put(key, value);
    }
  },
  GET_AND_PUT(Scope.ONE, Scripts::getAndPut) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      answers.set(key, arena.cache.getAndPut(key, value));
    }
  },
  PUT_IF_ABSENT(Scope.ONE, Scripts::putIfAbsent) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      answers.set(key, arena.cache.putIfAbsent(key, value));
    }
  },
  PUT_ALL(Scope.BOTH, Scripts::put) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      Map<Key, Box> map = new LinkedHashMap<>();
      both(key).forEach(each -> map.put(each, value));
      arena.cache.putAll(map);
    }
  },
  REMOVE(Scope.ONE, Scripts::remove) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      answers.set(key, arena.cache.remove(key));
    }
  },
  REMOVE_IF_EQUAL(Scope.ONE, Scripts::removeIfEqual) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      answers.set(key, arena.cache.remove(key, FIRST));
    }
  },
  GET_AND_REMOVE(Scope.ONE, Scripts::getAndRemove) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      answers.set(key, arena.cache.getAndRemove(key));
    }
  },
  REMOVE_ALL_KEYS(Scope.BOTH, Scripts::removeEach) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      arena.cache.removeAll(both(key));
    }
  },
  REMOVE_ALL(Scope.ALL, Scripts::removeAll) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      arena.cache.removeAll();
    }
  },
  REPLACE(Scope.ONE, Scripts::replace) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      answers.set(key, arena.cache.replace(key, value));
    }
  },
  REPLACE_IF_EQUAL(Scope.ONE, Scripts::replaceIfEqual) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      answers.set(key, arena.cache.replace(key, FIRST, value));
    }
  },
  GET_AND_REPLACE(Scope.ONE, Scripts::getAndReplace) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      answers.set(key, arena.cache.getAndReplace(key, value));
    }
  },
  INVOKE_READ(Scope.ONE, Scripts::invokeRead) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      answers.set(key, arena.cache.invoke(key, READ));
    }
  },
  INVOKE_SET(Scope.ONE, Scripts::invokeSet) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      answers.set(key, arena.cache.invoke(key, SET, value));
    }
  },
  INVOKE_SET_REMOVE(Scope.ONE, Scripts::invokeSetRemove) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      answers.set(key, arena.cache.invoke(key, SET_REMOVE, value));
    }
  },
  INVOKE_REMOVE(Scope.ONE, Scripts::invokeRemove) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      answers.set(key, arena.cache.invoke(key, REMOVES));
    }
  },
  INVOKE_ALL(Scope.BOTH, Scripts::invokeSwap) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      Map<Key, EntryProcessorResult<Box>> results = arena.cache.invokeAll(both(key), SWAP, value);
      for (Key each : both(key)) {
        EntryProcessorResult<Box> result = results.get(each);
        answers.set(each, result == null ? null : result.get());
      }
    }
  },
  LOAD_ALL_KEEP(Scope.BOTH, Scripts::loadKeeping) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      load(arena, key, false, answers);
    }
  },
  LOAD_ALL_REPLACE(Scope.BOTH, Scripts::loadReplacing) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      load(arena, key, true, answers);
    }
  },
  ITERATE(Scope.ALL, Scripts::iterate) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      arena.cache.forEach(entry -> answers.show(entry.getKey(), entry.getValue()));
    }
  },
  ITERATE_REMOVE(Scope.ALL, Scripts::iterateRemove) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      for (Iterator<Cache.Entry<Key, Box>> all = arena.cache.iterator(); all.hasNext(); ) {
        Cache.Entry<Key, Box> entry = all.next();
        answers.show(entry.getKey(), entry.getValue());
        all.remove();
      }
    }
  },
  CLEAR(Scope.ALL, Scripts::clear) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      arena.cache.clear();
    }
  },
  TURN_THE_CLOCK(Scope.ALL, Scripts::turnTheClock) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      arena.turnTheClock();
      arena.cache.unwrap(TheineCache.class).expireNow();
    }
  },
  SHRINK(Scope.NONE, Scripts::nothing) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      arena.setMaximum(1);
    }
  },
  GROW(Scope.NONE, Scripts::nothing) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      arena.setMaximum(4);
    }
  },
  PRESS(Scope.OTHERS, Scripts::put) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      arena.cache.put(KEYS.get(3), value);
      arena.cache.put(KEYS.get(4), value);
    }
  },
  REGISTER(Scope.NONE, Scripts::nothing) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      arena.register();
    }
  },
  DEREGISTER(Scope.NONE, Scripts::nothing) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      arena.deregister();
    }
  },
  COUNT_ANEW(Scope.NONE, Scripts::nothing) {
    @Override
    void call(Arena arena, Key key, Box value, Answers answers) {
      arena.toggleStatistics();
    }
  };

  /** By number. */
  static final List<Key> KEYS = List.of(new Key(0), new Key(1), new Key(2), new Key(3), new Key(4));

  /** The value that a present key has at first. */
  private static final Box FIRST = new Box(0);

  private static final EntryProcessor<Key, Box, Box> READ =
      (entry, arguments) -> {
        Callback.PROCESSOR.reached();
        return entry.getValue();
      };

  private static final EntryProcessor<Key, Box, Boolean> SET =
      (entry, arguments) -> {
        Callback.PROCESSOR.reached();
        boolean existed = entry.exists();
        entry.setValue((Box) arguments[0]);
        return existed;
      };

  private static final EntryProcessor<Key, Box, Boolean> SET_REMOVE =
      (entry, arguments) -> {
        boolean existed = entry.exists();
        entry.setValue((Box) arguments[0]);
        Callback.PROCESSOR.reached();
        entry.remove();
        return existed;
      };

  private static final EntryProcessor<Key, Box, Boolean> REMOVES =
      (entry, arguments) -> {
        boolean existed = entry.exists();
        entry.remove();
        Callback.PROCESSOR.reached();
        return existed;
      };

  private static final EntryProcessor<Key, Box, Box> SWAP =
      (entry, arguments) -> {
        Box before = entry.getValue();
        Callback.PROCESSOR.reached();
        entry.setValue((Box) arguments[0]);
        return before;
      };

  /** The keys that an operation is about. */
  enum Scope {
    NONE,
    ONE,
    BOTH,
    OTHERS,
    ALL
  }

  final Scope scope;
  private final Scripts.Script script;

  Action(Scope scope, Scripts.Script script) {
    this.scope = scope;
    this.script = script;
  }

  /** Whether it matters which key it is given. */
  boolean hasOwnKey() {
    return scope == Scope.ONE || scope == Scope.BOTH;
  }

  /** Calls the operation. */
  abstract void call(Arena arena, Key key, Box value, Answers answers);

  /** Whether a call with a key of its own is about another key. */
  boolean touches(int key, int own) {
    return switch (scope) {
      case NONE -> false;
      case ONE -> key == own;
      case BOTH -> key <= 2;
      case OTHERS -> key > 2;
      case ALL -> true;
    };
  }

  /** Whether the operation does anything in a setting. */
  boolean isFor(Setting setting) {
    return switch (this) {
      case LOAD_ALL_KEEP, LOAD_ALL_REPLACE -> setting.reads();
      case TURN_THE_CLOCK -> setting.expires();
      case SHRINK, GROW, PRESS -> setting.maximum() > 0;
      default -> true;
    };
  }

  /** Whether the operation may ever ask for the right to change a key. */
  boolean changes() {
    return script.steps(Setting.EVERYTHING, 0).stream()
        .anyMatch(step -> step.kind() == Step.Kind.LOOK);
  }

  /** Whether the operation can cause an event, which others may be telling of. */
  boolean isToldOf() {
    return changes() || this == TURN_THE_CLOCK || this == SHRINK || this == PRESS;
  }

  /** The answer for a key of which the call says nothing. */
  String otherwise() {
    return this == ITERATE || this == ITERATE_REMOVE ? Answers.ABSENT : Answers.DONE;
  }

  /** What the operation does to a key, one step after the other. */
  List<Step> steps(Setting setting, int value) {
    return script.steps(setting, value);
  }

  /** Both keys, the operation's own first. */
  private static Set<Key> both(Key own) {
    Set<Key> both = new LinkedHashSet<>();
    both.add(own);
    both.add(KEYS.get(3 - own.number));
    return both;
  }

  /** The executor runs it here, so when the call returns, one of its two ends has been told. */
  private static void load(Arena arena, Key key, boolean replace, Answers answers) {
    AtomicInteger ends = new AtomicInteger();
    arena.cache.loadAll(
        both(key),
        replace,
        new CompletionListener() {
          @Override
          public void onCompletion() {
            ends.incrementAndGet();
          }

          @Override
          public void onException(Exception e) {
            answers.failure = e;
            ends.incrementAndGet();
          }
        });
    if (ends.get() != 1) {
      throw new AssertionError("ends told of loadAll: " + ends);
    }
  }
}
