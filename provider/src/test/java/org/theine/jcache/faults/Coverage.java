package org.theine.jcache.faults;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which operations have to reach a callback, at least, in one scenario or another. Stateless. */
final class Coverage {
  private static final Set<Call> LOADS =
      EnumSet.of(
          Call.GET,
          Call.GET_ALL,
          Call.LOAD_MISSING,
          Call.LOAD_ANEW,
          Call.INVOKE_GET,
          Call.INVOKE_ALL_GET);
  private static final Set<Call> PUTS =
      EnumSet.of(
          Call.PUT,
          Call.GET_AND_PUT,
          Call.PUT_ALL,
          Call.INVOKE_SET,
          Call.INVOKE_GET_AND_SET,
          Call.INVOKE_ALL_SET);
  private static final Set<Call> REPLACES =
      EnumSet.of(Call.REPLACE, Call.REPLACE_EQUAL, Call.GET_AND_REPLACE);
  private static final Set<Call> CREATES = union(LOADS, PUTS, EnumSet.of(Call.PUT_IF_ABSENT));
  private static final Set<Call> UPDATES = union(PUTS, REPLACES, EnumSet.of(Call.LOAD_ANEW));
  private static final Set<Call> REMOVES =
      EnumSet.of(
          Call.REMOVE,
          Call.REMOVE_EQUAL,
          Call.GET_AND_REMOVE,
          Call.REMOVE_SOME,
          Call.REMOVE_ALL,
          Call.INVOKE_REMOVE,
          Call.INVOKE_ALL_REMOVE,
          Call.ITERATOR_REMOVE);
  private static final Set<Call> UNEQUAL = EnumSet.of(Call.REPLACE_UNEQUAL, Call.REMOVE_UNEQUAL);
  private static final Set<Call> COMPARES =
      union(UNEQUAL, EnumSet.of(Call.REPLACE_EQUAL, Call.REMOVE_EQUAL));
  private static final Set<Call> INVOKES =
      EnumSet.range(Call.INVOKE_NOTHING, Call.INVOKE_ALL_REMOVE);
  private static final Set<Call> WALKS = EnumSet.of(Call.ITERATE, Call.ITERATOR_REMOVE);
  private static final Set<Call> CHANGES = union(CREATES, UPDATES, REMOVES);

  /** All that find an expired entry under its lock. */
  private static final Set<Call> EXPIRES =
      without(
          union(CHANGES, UNEQUAL, INVOKES, EnumSet.of(Call.EXPIRE_NOW)),
          Call.REMOVE_ALL,
          Call.ITERATOR_REMOVE);

  private static final Set<Call> EVICTS = union(CREATES, EnumSet.of(Call.SHRINK));
  private static final Set<Call> TELLS = union(CHANGES, EXPIRES, EVICTS);
  private static final Set<Call> BY_KEY =
      without(union(TELLS, EnumSet.of(Call.CONTAINS_KEY)), Call.EXPIRE_NOW, Call.SHRINK);

  private Coverage() {}

  static Map<Callback, Set<Call>> demanded() {
    Map<Callback, Set<Call>> demanded = new EnumMap<>(Callback.class);
    demanded.put(
        Callback.LOAD,
        EnumSet.of(Call.GET, Call.INVOKE_GET, Call.INVOKE_GET_AND_SET, Call.INVOKE_ALL_GET));
    demanded.put(Callback.LOAD_ALL, EnumSet.of(Call.GET_ALL, Call.LOAD_MISSING, Call.LOAD_ANEW));
    demanded.put(
        Callback.WRITE,
        without(union(PUTS, REPLACES, EnumSet.of(Call.PUT_IF_ABSENT)), Call.PUT_ALL));
    demanded.put(Callback.WRITE_ALL, EnumSet.of(Call.PUT_ALL));
    demanded.put(Callback.DELETE, without(REMOVES, Call.REMOVE_SOME, Call.REMOVE_ALL));
    demanded.put(Callback.DELETE_ALL, EnumSet.of(Call.REMOVE_SOME, Call.REMOVE_ALL));
    demanded.put(Callback.PROCESSOR, INVOKES);
    demanded.put(Callback.LISTENER_CREATED, CREATES);
    demanded.put(Callback.LISTENER_UPDATED, UPDATES);
    demanded.put(Callback.LISTENER_REMOVED, REMOVES);
    demanded.put(Callback.LISTENER_EXPIRED, EXPIRES);
    demanded.put(Callback.LISTENER_EVICTED, EVICTS);
    demanded.put(Callback.FILTER, CHANGES);
    demanded.put(Callback.FILTER_OF_DEPARTURES, union(EXPIRES, EVICTS));
    demanded.put(Callback.ASYNC_CREATED, CREATES);
    demanded.put(Callback.ASYNC_UPDATED, UPDATES);
    demanded.put(Callback.ASYNC_REMOVED, REMOVES);
    demanded.put(Callback.ASYNC_EXPIRED, EXPIRES);
    demanded.put(Callback.ASYNC_EVICTED, EVICTS);
    demanded.put(Callback.ASYNC_FILTER, TELLS);
    demanded.put(Callback.EXPIRY_CREATION, CREATES);
    demanded.put(
        Callback.EXPIRY_ACCESS,
        union(
            UNEQUAL,
            WALKS,
            EnumSet.of(Call.GET, Call.GET_ALL, Call.INVOKE_GET, Call.INVOKE_ALL_GET)));
    demanded.put(Callback.EXPIRY_UPDATE, UPDATES);
    demanded.put(Callback.WEIGHER, union(CREATES, UPDATES));
    demanded.put(Callback.COPIER, union(TELLS, WALKS));
    demanded.put(Callback.SERIALIZE, union(TELLS, WALKS));
    demanded.put(Callback.DESERIALIZE, union(TELLS, WALKS));
    demanded.put(Callback.COMPLETION, EnumSet.of(Call.LOAD_MISSING, Call.LOAD_ANEW));
    demanded.put(Callback.EXECUTOR, TELLS);
    demanded.put(Callback.EXECUTOR_LATER, TELLS);
    demanded.put(Callback.KEY_EQUALS, without(BY_KEY, Call.ITERATOR_REMOVE));
    demanded.put(Callback.KEY_HASH_CODE, BY_KEY);
    demanded.put(Callback.KEY_COMPARE_TO, BY_KEY);
    demanded.put(Callback.VALUE_EQUALS, COMPARES);
    return demanded;
  }

  @SafeVarargs
  private static Set<Call> union(Set<Call>... sets) {
    Set<Call> union = EnumSet.noneOf(Call.class);
    for (Set<Call> set : sets) {
      union.addAll(set);
    }
    return union;
  }

  private static Set<Call> without(Set<Call> set, Call... calls) {
    Set<Call> rest = EnumSet.copyOf(set);
    rest.removeAll(Arrays.asList(calls));
    return rest;
  }
}
