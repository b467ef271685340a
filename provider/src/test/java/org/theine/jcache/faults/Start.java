package org.theine.jcache.faults;

/** What the keys of an operation are when it begins. */
enum Start {
  ABSENT,
  PRESENT,
  EXPIRED
}
