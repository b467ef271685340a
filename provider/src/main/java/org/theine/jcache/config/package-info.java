/**
 * Where do settings come from? What files and properties say about the caches of a manager, checked
 * and merged, as plain values: classes are names here, and {@code org.theine.jcache} loads them.
 *
 * <p>The way of a setting: {@code ConfigurationFile} and {@code FlatProperties} read it into {@code
 * Sections} of {@code Section}s, whose {@code Value}s know where they were written; {@link
 * org.theine.jcache.config.ManagerSettings} lays those of the properties over those of the file and
 * answers what holds for one cache, {@link org.theine.jcache.config.CacheSettings}. {@link
 * org.theine.jcache.config.Setting} has a row for each setting there is.
 *
 * <p>Only {@code ConfigurationFile} and what it alone uses touch {@code com.typesafe.config}, so
 * that library need not be there where no file is read.
 *
 * <p>Threads: everything is read and checked by one thread while a manager is made, and immutable
 * afterwards. Nothing of the user's runs here. This package is not API.
 */
@NullMarked
package org.theine.jcache.config;

import org.jspecify.annotations.NullMarked;
