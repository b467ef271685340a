package org.theine.jcache.cdi;

import java.lang.annotation.Annotation;
import java.util.Set;

/** A parameter of an annotated method, the same for all its calls. Immutable. */
record MethodParameter(int position, Class<?> rawType, Set<Annotation> annotations) {
  boolean has(Class<? extends Annotation> type) {
    return annotations.stream().anyMatch(type::isInstance);
  }
}
