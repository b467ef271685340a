package org.theine.jcache.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The search on histories made by hand, those that have an order and those that have none. */
class SearchTest {
  private static final Model PLAIN = BoundModel.unbounded();

  /** A new value lives for two ticks. */
  private static final Model CREATED =
      new ExpiryModel(2, ExpiryModel.UNCHANGED, ExpiryModel.UNCHANGED);

  private static final Model TOUCHED = new ExpiryModel(2, 2, 2);

  private static final Model LOADING =
      new ExpiryModel(2, ExpiryModel.UNCHANGED, ExpiryModel.UNCHANGED, true);

  /** A history in the making. */
  private static final class Script {
    final History history = new History(3, 1);
    private final int[] next = new int[3];

    Script() {
      for (Call call : history.all()) {
        call.action = Action.EXPIRE_NOW; // does nothing
      }
    }

    /** Calls of each thread that have ended before the call begins. */
    Script call(int thread, Action action, int key, int value, int answer, int... after) {
      Call call = history.calls[thread][next[thread]++];
      call.action = action;
      call.keys = 1 << key;
      call.values[key] = value;
      call.answers[key] = answer;
      for (int other = 0; other < after.length; other++) {
        call.began[other] = after[other];
      }
      return this;
    }

    Script expecting(int thread, int code) {
      history.calls[thread][next[thread] - 1].expected = code;
      return this;
    }

    Script loading(int thread, int key, int code) {
      history.calls[thread][next[thread] - 1].loaded[key] = code;
      return this;
    }

    Script ticks(int thread, int ticks, int... after) {
      call(thread, Action.ADVANCE, 0, 0, 0, after);
      history.calls[thread][next[thread] - 1].ticks = ticks;
      return this;
    }

    /** What is left, by key. */
    boolean isExplained(Model model, int keys, int... left) {
      System.arraycopy(left, 0, history.left, 0, left.length);
      return new Search(model).explains(history, keys);
    }
  }

  private static Script script() {
    return new Script();
  }

  // ------------------------------------------------------------------------------------ one by one

  @Test
  void look_afterPut_seesIt() {
    Script seen = script().call(0, Action.PUT, 0, 1, 0).call(1, Action.GET, 0, 0, 1, 1);
    assertThat(seen.isExplained(PLAIN, 1, 1)).isTrue();

    Script missed = script().call(0, Action.PUT, 0, 1, 0).call(1, Action.GET, 0, 0, 0, 1);
    assertThat(missed.isExplained(PLAIN, 1, 1)).isFalse();
  }

  @Test
  void look_besidePut_mayMissIt() {
    Script missed = script().call(0, Action.PUT, 0, 1, 0).call(1, Action.GET, 0, 0, 0);
    assertThat(missed.isExplained(PLAIN, 1, 1)).isTrue();
  }

  @Test
  void looks_besidePut_neverMissWhatWasSeen() {
    Script back =
        script()
            .call(0, Action.PUT, 0, 1, 0)
            .call(1, Action.GET, 0, 0, 1)
            .call(2, Action.GET, 0, 0, 0, 0, 1);
    assertThat(back.isExplained(PLAIN, 1, 1)).isFalse();
  }

  @Test
  void rest_otherThanLastWritten_unexplained() {
    assertThat(script().call(0, Action.PUT, 0, 1, 0).isExplained(PLAIN, 1, 0)).isFalse();
    assertThat(script().call(0, Action.PUT, 0, 1, 0).isExplained(PLAIN, 1, 2)).isFalse();
  }

  // --------------------------------------------------------------------------------- read and
  // write

  @Test
  void take_twice_unexplained() {
    Script twice =
        script()
            .call(0, Action.PUT, 0, 1, 0)
            .call(1, Action.GET_AND_REMOVE, 0, 0, 1, 1)
            .call(2, Action.GET_AND_REMOVE, 0, 0, 1, 1);
    assertThat(twice.isExplained(PLAIN, 1, 0)).isFalse();

    Script once =
        script()
            .call(0, Action.PUT, 0, 1, 0)
            .call(1, Action.GET_AND_REMOVE, 0, 0, 1, 1)
            .call(2, Action.GET_AND_REMOVE, 0, 0, 0, 1);
    assertThat(once.isExplained(PLAIN, 1, 0)).isTrue();
  }

  @Test
  void putIfAbsent_twiceTrue_unexplained() {
    Script script =
        script().call(0, Action.PUT_IF_ABSENT, 0, 1, 1).call(1, Action.PUT_IF_ABSENT, 0, 2, 1);
    assertThat(script.isExplained(PLAIN, 1, 2)).isFalse();
  }

  @Test
  void replaceIfEqual_twiceTrue_unexplained() {
    Script script =
        script()
            .call(0, Action.PUT, 0, 1, 0)
            .call(1, Action.REPLACE_IF_EQUAL, 0, 2, 1, 1)
            .expecting(1, 1)
            .call(2, Action.REPLACE_IF_EQUAL, 0, 3, 1, 1)
            .expecting(2, 1);
    assertThat(script.isExplained(PLAIN, 1, 3)).isFalse();
  }

  @Test
  void increments_lostOne_unexplained() {
    Script lost =
        script()
            .call(0, Action.PUT, 0, 1, 0)
            .call(1, Action.INVOKE_INCREMENT, 0, 0, 1, 1)
            .call(2, Action.INVOKE_INCREMENT, 0, 0, 1, 1);
    assertThat(lost.isExplained(PLAIN, 1, 1 + Stamp.INCREMENT)).isFalse();

    Script both =
        script()
            .call(0, Action.PUT, 0, 1, 0)
            .call(1, Action.INVOKE_INCREMENT, 0, 0, 1, 1)
            .call(2, Action.INVOKE_INCREMENT, 0, 0, 1 + Stamp.INCREMENT, 1);
    assertThat(both.isExplained(PLAIN, 1, 1 + 2 * Stamp.INCREMENT)).isTrue();
  }

  // ----------------------------------------------------------------------------------------- bound

  @Test
  void eviction_withinTheBound_unexplained() {
    Script script = script().call(0, Action.PUT, 0, 1, 0).call(0, Action.PUT, 1, 2, 0);

    assertThat(script.isExplained(BoundModel.bounded(2), 3, 1, 2)).isTrue();
    assertThat(script.isExplained(BoundModel.bounded(2), 3, 1, 0)).isFalse();
  }

  @Test
  void eviction_beyondTheBound_ofOneAndNoMore() {
    Script script = script().call(0, Action.PUT, 0, 1, 0).call(0, Action.PUT, 1, 2, 0);

    assertThat(script.isExplained(BoundModel.bounded(1), 3, 1, 0)).isTrue();
    assertThat(script.isExplained(BoundModel.bounded(1), 3, 0, 2)).isTrue();
    assertThat(script.isExplained(BoundModel.bounded(1), 3, 0, 0)).isFalse();
    assertThat(script.isExplained(BoundModel.bounded(1), 3, 1, 2)).isFalse();
  }

  @Test
  void eviction_byWeight_onlyBeyondIt() {
    Script script = script().call(0, Action.PUT, 0, 1, 0).call(0, Action.PUT, 1, 2, 0);

    assertThat(script.isExplained(BoundModel.weighted(3, code -> code), 3, 0, 2)).isFalse();
    assertThat(script.isExplained(BoundModel.weighted(2, code -> code), 3, 0, 2)).isTrue();
  }

  // ------------------------------------------------------------------------------------------ time

  @Test
  void expiry_afterItsTime_notBefore() {
    Script soon = script().call(0, Action.PUT, 0, 1, 0).ticks(0, 1).call(0, Action.GET, 0, 0, 0);
    assertThat(soon.isExplained(CREATED, 1, 0)).isFalse();

    Script due = script().call(0, Action.PUT, 0, 1, 0).ticks(0, 2).call(0, Action.GET, 0, 0, 0);
    assertThat(due.isExplained(CREATED, 1, 0)).isTrue();

    Script late = script().call(0, Action.PUT, 0, 1, 0).ticks(0, 2).call(0, Action.GET, 0, 0, 1);
    assertThat(late.isExplained(CREATED, 1, 0)).isFalse();
  }

  @Test
  void expiry_ofPutBesideTick_mayCountFromBefore() {
    Script script =
        script()
            .call(0, Action.PUT, 0, 1, 0)
            .ticks(1, 1)
            .ticks(1, 1, 1)
            .call(1, Action.GET, 0, 0, 0, 1);
    assertThat(script.isExplained(CREATED, 1, 0)).isTrue();
  }

  @Test
  void look_movesDeadline_onlyIfAccessCounts() {
    Script script =
        script()
            .call(0, Action.PUT, 0, 1, 0)
            .ticks(0, 1)
            .call(0, Action.GET, 0, 0, 1)
            .ticks(0, 1)
            .call(0, Action.GET, 0, 0, 1);
    assertThat(script.isExplained(TOUCHED, 1, 1)).isTrue();
    assertThat(script.isExplained(CREATED, 1, 0)).isFalse();
  }

  @Test
  void load_expiredAtOnce_goesToWhoHasWaited() {
    Script waited =
        script()
            .call(0, Action.GET, 0, 0, 200)
            .loading(0, 0, 200)
            .call(1, Action.GET, 0, 0, 200)
            .ticks(1, 1)
            .call(1, Action.CONTAINS_KEY, 0, 0, 1)
            .ticks(1, 2)
            .call(1, Action.GET, 0, 0, 200);
    assertThat(waited.isExplained(LOADING, 1, 0)).isTrue();
    assertThat(waited.isExplained(CREATED, 1, 0)).isFalse();

    Script later =
        script()
            .call(0, Action.GET, 0, 0, 200)
            .loading(0, 0, 200)
            .ticks(1, 2, 1)
            .call(1, Action.GET, 0, 0, 200, 1);
    assertThat(later.isExplained(LOADING, 1, 0)).isFalse();
  }

  /** A load-all that has waited for another load has nothing to load, though time went by. */
  @Test
  void loadAll_besideLoad_mayLoadNothing() {
    Script beside =
        script()
            .call(0, Action.GET, 0, 0, 200)
            .loading(0, 0, 200)
            .ticks(1, 2)
            .call(1, Action.LOAD_ALL, 0, 0, 0)
            .call(1, Action.CONTAINS_KEY, 0, 0, 0);
    assertThat(beside.isExplained(LOADING, 1, 0)).isTrue();
    assertThat(beside.isExplained(CREATED, 1, 0)).isFalse();

    Script afterwards =
        script()
            .call(0, Action.GET, 0, 0, 200)
            .loading(0, 0, 200)
            .ticks(1, 2, 1)
            .call(1, Action.LOAD_ALL, 0, 0, 0, 1)
            .call(1, Action.CONTAINS_KEY, 0, 0, 0, 1);
    assertThat(afterwards.isExplained(LOADING, 1, 0)).isFalse();
  }

  @Test
  void expired_seenAlive_unexplained() {
    Script revived =
        script()
            .call(0, Action.PUT, 0, 1, 0)
            .ticks(0, 2)
            .call(0, Action.GET, 0, 0, 0)
            .call(1, Action.GET, 0, 0, 1, 3);
    assertThat(revived.isExplained(TOUCHED, 1, 0)).isFalse();
  }

  /** It locks and finds the value, the value expires, others see that, it commits. */
  @Test
  void replace_besideExpiry_commitsWhatItFound() {
    Script script =
        script()
            .call(0, Action.PUT, 0, 1, 0)
            .call(1, Action.GET_AND_REPLACE, 0, 2, 1, 1)
            .ticks(0, 2)
            .call(0, Action.GET, 0, 0, 0)
            .call(0, Action.GET, 0, 0, 2);
    assertThat(script.isExplained(TOUCHED, 1, 2)).isTrue();

    Script afterwards =
        script()
            .call(0, Action.PUT, 0, 1, 0)
            .ticks(0, 2)
            .call(0, Action.GET, 0, 0, 0)
            .call(1, Action.GET_AND_REPLACE, 0, 2, 1, 2);
    assertThat(afterwards.isExplained(TOUCHED, 1, 2)).isFalse();
  }

  // ------------------------------------------------------------------------------------------
  // loads

  @Test
  void load_overWhatIsThere_unexplained() {
    Script over =
        script().call(0, Action.PUT, 0, 1, 0).call(1, Action.GET, 0, 0, 200, 1).loading(1, 0, 200);
    assertThat(over.isExplained(PLAIN, 1, 200)).isFalse();

    Script beside =
        script().call(0, Action.PUT, 0, 1, 0).call(1, Action.GET, 0, 0, 200).loading(1, 0, 200);
    assertThat(beside.isExplained(PLAIN, 1, 1)).isTrue();
    assertThat(beside.isExplained(PLAIN, 1, 200)).as("a load undoes a put").isFalse();
  }

  @Test
  void load_undoesRemove_unexplained() {
    Script script =
        script().call(0, Action.GET, 0, 0, 200).loading(0, 0, 200).call(1, Action.REMOVE, 0, 0, 1);
    assertThat(script.isExplained(PLAIN, 1, 0)).isTrue();
    assertThat(script.isExplained(PLAIN, 1, 200)).isFalse();
  }

  // ------------------------------------------------------------------------------------- many keys

  @Test
  void callOnManyKeys_takesPlaceForEachAtItsTime() {
    Script script = script().call(0, Action.PUT_ALL, 0, 1, 0);
    script.history.calls[0][0].keys = 3;
    script.history.calls[0][0].values[1] = 2;
    script.call(1, Action.GET, 0, 0, 1).call(1, Action.GET, 1, 0, 0);

    assertThat(script.isExplained(PLAIN, 3, 1, 2)).isTrue();
    assertThat(script.isExplained(PLAIN, 3, 1, 0)).isFalse();
  }

  @Test
  void history_printed_showsWhoEndedBefore() {
    Script script =
        script().call(0, Action.PUT, 0, 1, 0).call(1, Action.GET_AND_REMOVE, 0, 0, 1, 1);

    assertThat(script.history.toString())
        .contains("A1 PUT k0=v1")
        .contains("B1 GET_AND_REMOVE k0 -> v1   [after A1]")
        .contains("left: k0=none");
  }
}
