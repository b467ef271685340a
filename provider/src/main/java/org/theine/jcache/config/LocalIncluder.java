package org.theine.jcache.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.net.URL;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets a configuration include files and resources, but nothing by URL: what a cache does must not
 * depend on what comes over a network. Immutable.
 */
final class LocalIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

  /** One letter before the colon is a drive. */
  private static final Pattern SCHEME = Pattern.compile("\\p{Alpha}[\\p{Alnum}+.-]+:.*");

  private final @Nullable ConfigIncluder library;

  LocalIncluder() {
    this(null);
  }

  private LocalIncluder(@Nullable ConfigIncluder library) {
    this.library = library;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return fallback == this || fallback instanceof LocalIncluder
        ? this
        : new LocalIncluder(fallback);
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    if (SCHEME.matcher(what).matches()) {
      throw refused(what);
    }
    return library().include(context, what);
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw refused(what.toString());
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return ((ConfigIncluderFile) library()).includeFile(context, what);
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return ((ConfigIncluderClasspath) library()).includeResources(context, what);
  }

  private ConfigIncluder library() {
    if (library == null) {
      throw new IllegalStateException("the library did not give its own includer");
    }
    return library;
  }

  private static ConfigException refused(String what) {
    return new ConfigException.Generic(
        "include " + what + ": only files and resources are included, nothing by URL");
  }
}
