package org.theine.jcache.policy;

/**
 * A setting of {@link WindowTinyLfu}.
 *
 * @param windowShare the share of the capacity that the window has, from 0 to 1
 * @param readmits whether a candidate that was refused, and comes back soon, is protected at once
 *     instead of beginning in the window anew
 */
record Advice(double windowShare, boolean readmits) {

  Advice {
    if (!(windowShare >= 0 && windowShare <= 1)) {
      throw new IllegalArgumentException("window share must be from 0 to 1: " + windowShare);
    }
  }
}
