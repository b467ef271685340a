package org.theine.jcache.cdi;

import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the annotated methods of one class as CDI sees it, which an extension may have changed, and
 * finds what is wrong with them. Not thread-safe: made, asked and dropped by one thread.
 */
final class MethodReader {
  private static final System.Logger LOGGER = System.getLogger(MethodReader.class.getName());

  private final AnnotatedType<?> type;
  private final Map<Method, CacheMethod<?>> methods = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /** Reads the methods of a type, those that it inherits too. */
  MethodReader(AnnotatedType<?> type) {
    this.type = type;
    List<Annotation> ofClass = cacheAnnotations(type);
    requireOne(type.getJavaClass().getName(), ofClass);
    for (AnnotatedMethod<?> method : type.getMethods()) {
      read(method, ofClass);
    }
  }

  /** Returns the methods that are used rightly. */
  Map<Method, CacheMethod<?>> methods() {
    return Map.copyOf(methods);
  }

  /** Returns a sentence for each wrong use, which begins with the method or class. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  private void read(AnnotatedMethod<?> method, List<Annotation> ofClass) {
    List<Annotation> own = cacheAnnotations(method);
    List<Annotation> annotations = own.isEmpty() ? ofClass : own;
    Method member = method.getJavaMember();
    if (annotations.isEmpty() || isNoMethodOfTheBean(member)) {
      return;
    }
    int modifiers = member.getModifiers();
    if (Modifier.isStatic(modifiers) || Modifier.isPrivate(modifiers)) {
      if (!own.isEmpty()) {
        LOGGER.log(
            System.Logger.Level.WARNING,
            "{0}: {1} has no effect: CDI intercepts no private or static method",
            CacheMethod.nameOf(member),
            nameOf(own.get(0)));
      }
    } else if (requireOne(CacheMethod.nameOf(member), annotations)) {
      add(method, annotations.get(0));
    }
  }

  private static List<Annotation> cacheAnnotations(Annotated annotated) {
    List<Annotation> found = new ArrayList<>();
    for (Class<? extends Annotation> annotation : AnnotationMembers.TYPES) {
      if (annotated.isAnnotationPresent(annotation)) {
        found.add(annotated.getAnnotation(annotation));
      }
    }
    return found;
  }

  private boolean requireOne(String name, List<Annotation> annotations) {
    if (annotations.size() > 1) {
      problems.add(
          name
              + ": at most one annotation of a cache is allowed: "
              + annotations.stream().map(MethodReader::nameOf).collect(Collectors.joining(", ")));
    }
    return annotations.size() == 1;
  }

  private static String nameOf(Annotation annotation) {
    return "@" + annotation.annotationType().getSimpleName();
  }

  private boolean isNoMethodOfTheBean(Method method) {
    return method.isSynthetic()
        || method.getDeclaringClass() == Object.class
        || isOverridden(method);
  }

  /** The container may list what a subclass has overridden: its annotations are void. */
  private boolean isOverridden(Method method) {
    Class<?> declaring = method.getDeclaringClass();
    if (declaring.isInterface() || Modifier.isPrivate(method.getModifiers())) {
      return false;
    }
    for (Class<?> c = type.getJavaClass(); c != null && c != declaring; c = c.getSuperclass()) {
      try {
        c.getDeclaredMethod(method.getName(), method.getParameterTypes());
        return true;
      } catch (NoSuchMethodException absent) {
        // Then it is inherited at least up to here.
      }
    }
    return false;
  }

  private <A extends Annotation> void add(AnnotatedMethod<?> method, A annotation) {
    Method member = method.getJavaMember();
    List<MethodParameter> parameters =
        method.getParameters().stream()
            .map(
                parameter ->
                    new MethodParameter(
                        parameter.getPosition(),
                        member.getParameterTypes()[parameter.getPosition()],
                        Set.copyOf(parameter.getAnnotations())))
            .toList();
    List<MethodParameter> values = having(parameters, CacheValue.class);
    if (!isRight(member, annotation, values)) {
      return;
    }
    AnnotationMembers members = AnnotationMembers.of(annotation);
    @Nullable CacheDefaults defaults = defaultsOf(member);
    methods.put(
        member,
        new CacheMethod<>(
            type.getJavaClass(),
            member,
            Set.copyOf(method.getAnnotations()),
            annotation,
            cacheName(member, members, defaults),
            parameters,
            keysOf(parameters),
            values.isEmpty() ? null : values.get(0),
            defaults != null && members.resolverFactory() == CacheResolverFactory.class
                ? defaults.cacheResolverFactory()
                : members.resolverFactory(),
            defaults != null && members.keyGenerator() == CacheKeyGenerator.class
                ? defaults.cacheKeyGenerator()
                : members.keyGenerator()));
  }

  private static List<MethodParameter> having(
      List<MethodParameter> parameters, Class<? extends Annotation> annotation) {
    return parameters.stream().filter(parameter -> parameter.has(annotation)).toList();
  }

  private static List<MethodParameter> keysOf(List<MethodParameter> parameters) {
    List<MethodParameter> keys = having(parameters, CacheKey.class);
    return keys.isEmpty()
        ? parameters.stream().filter(parameter -> !parameter.has(CacheValue.class)).toList()
        : keys;
  }

  private boolean isRight(Method member, Annotation annotation, List<MethodParameter> values) {
    int before = problems.size();
    String name = CacheMethod.nameOf(member);
    if (!(annotation instanceof CachePut)) {
      if (!values.isEmpty()) {
        problems.add(name + ": @CacheValue is for @CachePut, not for " + nameOf(annotation));
      }
    } else if (values.size() != 1) {
      problems.add(name + ": @CachePut needs one parameter with @CacheValue: " + values.size());
    } else if (values.get(0).has(CacheKey.class)) {
      problems.add(
          name
              + ": no parameter may be both @CacheKey and @CacheValue: index "
              + values.get(0).position());
    }
    return problems.size() == before;
  }

  private static String cacheName(
      Method member, AnnotationMembers members, @Nullable CacheDefaults defaults) {
    if (!members.cacheName().isEmpty()) {
      return members.cacheName();
    }
    return defaults == null || defaults.cacheName().isEmpty()
        ? CacheMethod.nameOf(member)
        : defaults.cacheName();
  }

  private @Nullable CacheDefaults defaultsOf(Method member) {
    CacheDefaults ofDeclaring = defaultsFrom(member.getDeclaringClass());
    return ofDeclaring == null ? defaultsFrom(type.getJavaClass()) : ofDeclaring;
  }

  private @Nullable CacheDefaults defaultsFrom(Class<?> first) {
    for (Class<?> c = first; c != null; c = c.getSuperclass()) {
      CacheDefaults defaults =
          c == type.getJavaClass()
              ? type.getAnnotation(CacheDefaults.class)
              : c.getAnnotation(CacheDefaults.class);
      if (defaults != null) {
        return defaults;
      }
    }
    return null;
  }
}
