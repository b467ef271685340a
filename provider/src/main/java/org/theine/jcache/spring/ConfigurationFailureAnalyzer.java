package org.theine.jcache.spring;

import java.util.Map;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Tells of mistakes in the configuration of caches without a trace of the stack, and where in the
 * files of the application the properties stand. Immutable.
 */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<CacheException> {
  private static final String MISTAKES = " in its configuration:";
  private static final String MANAGER_PROPERTY = "manager property ";

  private final Environment environment;

  ConfigurationFailureAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, CacheException cause) {
    String message = String.valueOf(cause.getMessage());
    if (!message.startsWith("cache manager ") || !message.contains(MISTAKES)) {
      return null;
    }
    String described = message;
    for (Map.Entry<String, String> origin : PropertyOrigins.of(environment).entrySet()) {
      described =
          described.replace(
              MANAGER_PROPERTY + origin.getKey() + ":",
              "property " + origin.getKey() + ", " + origin.getValue() + ":");
    }
    return new FailureAnalysis(described, "Correct what is named above.", cause);
  }
}
