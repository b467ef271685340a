package org.theine.jcache.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets a configuration include files and resources, which must be there, but nothing by URL: what a
 * cache does must not depend on what comes over a network. Immutable.
 */
final class LocalIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

  /** One letter before the colon is a drive. */
  private static final Pattern SCHEME = Pattern.compile("(?s)\\p{Alpha}[\\p{Alnum}+.-]+:.*");

  /** The file that includes. */
  private final URL base;

  private final @Nullable ConfigIncluder library;

  LocalIncluder(URL base) {
    this(base, null);
  }

  private LocalIncluder(URL base, @Nullable ConfigIncluder library) {
    this.base = base;
    this.library = library;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return fallback instanceof LocalIncluder ? this : new LocalIncluder(base, fallback);
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    if (SCHEME.matcher(what.trim()).matches()) { // as URLs are trimmed
      throw refused(what);
    }
    ConfigIncludeContext strict = strict(context);
    return base.getProtocol().equals("jar") && strict.relativeTo(what) == null
        ? includeFromJar(strict, what)
        : library().include(strict, what);
  }

  /** The library finds nothing beside a file in a jar, and would say nothing of it. */
  private ConfigObject includeFromJar(ConfigIncludeContext context, String what) {
    String name =
        what.startsWith("/") ? base.toExternalForm().replaceAll("!/.*", "!" + what) : what;
    try {
      URL beside = new URL(base, name);
      ConfigParseOptions options = context.parseOptions().setIncluder(new LocalIncluder(beside));
      return ConfigFactory.parseURL(beside, options).root();
    } catch (MalformedURLException e) {
      throw new ConfigException.Generic("include " + what + ": no name of a file", e);
    }
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw refused(what.toString());
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return ((ConfigIncluderFile) library()).includeFile(strict(context), what);
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return ((ConfigIncluderClasspath) library()).includeResources(strict(context), what);
  }

  /** The library passes over what is missing. */
  private static ConfigIncludeContext strict(ConfigIncludeContext context) {
    return context.setParseOptions(context.parseOptions().setAllowMissing(false));
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
