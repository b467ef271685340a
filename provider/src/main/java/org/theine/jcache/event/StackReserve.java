package org.theine.jcache.event;

/**
 * Sees to it that a full stack is met while nothing is held. Stateless.
 *
 * <p>User code that runs inside an operation may use the cache again, and so on until the stack is
 * full. The overflow may strike in any call of ours: between the locking of a key and the {@code
 * try} behind it, or when the key is unlocked; then the key would stay locked for ever. So a nested
 * operation goes down the stack before it holds anything, further than it goes by itself, and fails
 * here if that does not succeed. What user code needs beyond that fails there, and when it does the
 * stack is free again down to where the operation has been.
 *
 * <p>Operations that are not nested do without: they would have to go down as far, for more than
 * they cost themselves, only to serve a program that is at the end of its stack by its own doing.
 */
final class StackReserve {
  /**
   * Calls on the stack: some 32 KB if they are compiled, as the operation is then too, and several
   * times that if neither is. Costs a microsecond or two.
   */
  private static final int CALLS = 2048;

  private StackReserve() {}

  /**
   * Requires that there is stack left for an operation.
   *
   * @throws StackOverflowError if there is not
   */
  static void require() {
    if (descend(CALLS) != CALLS) {
      throw new AssertionError("each call counts one");
    }
  }

  /** Not a loop: the compilers neither unroll it nor make it one. */
  private static int descend(int calls) {
    return calls == 0 ? 0 : descend(calls - 1) + 1;
  }
}
