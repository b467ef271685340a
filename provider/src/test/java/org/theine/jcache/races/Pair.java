package org.theine.jcache.races;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Two operations that run at the same time: the first on key 1, the second on a key of its own.
 *
 * @param own the key of the second, 1 or 2; an operation on both begins with it
 */
record Pair(Action first, Action second, int own) {
  /** Every unordered pair, on one key and on two. */
  static List<Pair> all(Setting setting) {
    List<Pair> pairs = new ArrayList<>();
    Action[] actions = Action.values();
    for (int i = 0; i < actions.length; i++) {
      for (int j = i; j < actions.length; j++) {
        pairs.add(new Pair(actions[i], actions[j], 1));
        if (actions[j].hasOwnKey()) {
          pairs.add(new Pair(actions[i], actions[j], 2));
        }
      }
    }
    pairs.removeIf(pair -> !pair.isFor(setting));
    return pairs;
  }

  /** Every ordered pair, on one key and on two. */
  static List<Pair> ordered(Setting setting) {
    Set<Pair> pairs = new LinkedHashSet<>();
    for (Pair pair : all(setting)) {
      pairs.add(pair);
      pairs.add(new Pair(pair.second, pair.first, pair.own));
    }
    pairs.removeIf(pair -> pair.own == 2 && !pair.second.hasOwnKey());
    return List.copyOf(pairs);
  }

  /** Whether no key is touched by both. */
  boolean isApart() {
    for (int key = 1; key <= Answers.KEYS; key++) {
      if (first.touches(key, 1) && second.touches(key, own)) {
        return false;
      }
    }
    return true;
  }

  private boolean isFor(Setting setting) {
    return first.isFor(setting) && second.isFor(setting);
  }

  boolean has(Action action) {
    return first == action || second == action;
  }

  private Action action(int index) {
    return index == 0 ? first : second;
  }

  private int own(int index) {
    return index == 0 ? 1 : own;
  }

  List<Step> steps(int index, int key, Setting setting) {
    return action(index).touches(key, own(index))
        ? action(index).steps(setting, index + 1)
        : List.of();
  }

  String otherwise(int index, int key) {
    return action(index).touches(key, own(index)) ? action(index).otherwise() : Answers.UNTOUCHED;
  }

  /** Whether more may be asked for than the bound has room for. */
  boolean evicts(Setting setting) {
    return setting.maximum() == 1
        || setting.maximum() > 0 && (has(Action.PRESS) || has(Action.SHRINK));
  }
}
