package org.theine.jcache.integration;

/** Keeps the user's objects as they are. Stateless, so safe for use by any thread. */
enum ByReference implements ValueForm {
  INSTANCE;

  @Override
  public Object stored(Object userValue) {
    return userValue;
  }

  @Override
  public Object given(Object stored) {
    return stored;
  }

  @Override
  public Object copy(Object userValue) {
    return userValue;
  }

  @Override
  public boolean isIdentity() {
    return true;
  }
}
