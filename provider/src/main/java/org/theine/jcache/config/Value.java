package org.theine.jcache.config;

import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said of a setting. Immutable.
 *
 * @param setting what it is about
 * @param content the value as the setting's {@link Kind} makes it, never null
 * @param whose the block that says it: {@code cache 'users'}, {@code the defaults}
 * @param where the file and line, or the property, that says it
 */
public record Value(Setting setting, Object content, String whose, String where) {

  /**
   * Returns the content.
   *
   * @param <T> the type that the setting's kind makes of it
   * @param type that type
   * @return the content, never null
   */
  public <T> T as(Class<T> type) {
    return type.cast(content);
  }

  /**
   * Makes the exception for a value that nothing can be done with.
   *
   * @param problem what is wrong with it
   * @param cause why, or null
   * @return an exception that names the place, the block and the setting
   */
  public CacheException refused(String problem, @Nullable Throwable cause) {
    return new CacheException(where + ": " + whose + ": " + setting.key() + " " + problem, cause);
  }
}
