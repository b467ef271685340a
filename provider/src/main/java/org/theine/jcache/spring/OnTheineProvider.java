package org.theine.jcache.spring;

import java.util.Iterator;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;
import org.theine.jcache.TheineCachingProvider;

/**
 * True if the application asks for no other kind of cache, and for this JCache provider or for none
 * with no other on the class path.
 */
final class OnTheineProvider extends SpringBootCondition {
  private static final String TYPE = "spring.cache.type";
  private static final String PROVIDER = "spring.cache.jcache.provider";

  OnTheineProvider() {}

  @Override
  public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata type) {
    Environment environment = context.getEnvironment();
    ConditionMessage.Builder message = ConditionMessage.forCondition("theine-jcache");
    String cacheType = environment.getProperty(TYPE);
    if (StringUtils.hasText(cacheType) && !cacheType.trim().equalsIgnoreCase("jcache")) {
      return ConditionOutcome.noMatch(message.because(TYPE + " is " + cacheType));
    }
    String provider = environment.getProperty(PROVIDER);
    if (!StringUtils.hasText(provider)) {
      return isOnly()
          ? ConditionOutcome.match(message.because("it is the only JCache provider"))
          : ConditionOutcome.noMatch(message.because("there are other JCache providers"));
    }
    return provider.equals(TheineCachingProvider.class.getName())
        ? ConditionOutcome.match(message.because(PROVIDER + " names it"))
        : ConditionOutcome.noMatch(message.because(PROVIDER + " is " + provider));
  }

  /** Whether there is no other JCache provider. */
  static boolean isOnly() {
    Iterator<CachingProvider> providers = Caching.getCachingProviders().iterator();
    return providers.hasNext()
        && providers.next() instanceof TheineCachingProvider
        && !providers.hasNext();
  }
}
