package org.theine.jcache.cdi;

import java.lang.annotation.Annotation;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.GeneratedCacheKey;
import org.jspecify.annotations.Nullable;

/** The generator of methods that name none. Stateless, hence safe for use by any thread. */
final class ParameterKeyGenerator implements CacheKeyGenerator {
  static final ParameterKeyGenerator INSTANCE = new ParameterKeyGenerator();

  private ParameterKeyGenerator() {}

  @Override
  public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<? extends Annotation> call) {
    CacheInvocationParameter[] parameters = call.getKeyParameters();
    @Nullable Object[] values = new Object[parameters.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = parameters[i].getValue();
    }
    return new ParameterKey(values);
  }
}
