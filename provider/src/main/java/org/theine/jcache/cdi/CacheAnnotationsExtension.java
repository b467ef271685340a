package org.theine.jcache.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.Interceptor;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheResolverFactory;

/**
 * Makes {@code @CacheResult}, {@code @CachePut}, {@code @CacheRemove} and {@code @CacheRemoveAll}
 * work on the beans of a Jakarta CDI 4 container, which finds this extension by itself. The caches
 * are those of the application's bean of type {@link CacheManager}, if it has one, or of the
 * default manager of this provider. Used by the thread that deploys.
 */
public final class CacheAnnotationsExtension implements Extension {
  /**
   * The priority of the interceptors of {@code @CachePut}, {@code @CacheRemove} and
   * {@code @CacheRemoveAll}: outside that of {@code @Transactional} (200), so that the cache is
   * changed when the transaction is committed, and is not if it could not be.
   */
  public static final int CHANGE_PRIORITY = Interceptor.Priority.PLATFORM_BEFORE + 150;

  /**
   * The priority of the interceptor of {@code @CacheResult}: inside those of the application, so
   * that a result from the cache spares the method alone, not what checks who may call it.
   */
  public static final int RESULT_PRIORITY = Interceptor.Priority.LIBRARY_AFTER;

  private static final List<Class<?>> INTERCEPTORS =
      List.of(
          CacheResultInterceptor.class,
          CachePutInterceptor.class,
          CacheRemoveInterceptor.class,
          CacheRemoveAllInterceptor.class);

  private final Map<Class<?>, Map<Method, CacheMethod<?>>> deployed = new HashMap<>();
  private final Set<Class<?>> seen = new HashSet<>();

  /** Made by the container. */
  public CacheAnnotationsExtension() {}

  /** The annotations tell CDI that they are bindings only by what Jakarta has renamed. */
  void declare(@Observes BeforeBeanDiscovery event) {
    for (Class<? extends Annotation> annotation : AnnotationMembers.TYPES) {
      event
          .configureInterceptorBinding(annotation)
          .methods()
          .forEach(member -> member.add(Nonbinding.Literal.INSTANCE));
    }
    for (Class<?> interceptor : INTERCEPTORS) {
      event.addAnnotatedType(interceptor, interceptor.getName());
    }
  }

  /** Where the jar is a bean archive too, the container finds what was added a second time. */
  void dropSecond(@Observes ProcessAnnotatedType<? extends CacheInterceptor<?>> event) {
    if (!seen.add(event.getAnnotatedType().getJavaClass())) {
      event.veto();
    }
  }

  /** An interceptor has the annotation on its class because it serves it. */
  void read(@Observes ProcessManagedBean<?> event) {
    AnnotatedType<?> type = event.getAnnotatedBeanClass();
    if (type.isAnnotationPresent(Interceptor.class)) {
      return;
    }
    MethodReader reader = new MethodReader(type);
    if (!reader.problems().isEmpty()) {
      event.addDefinitionError(new CacheException(String.join("; ", reader.problems())));
    }
    if (!reader.methods().isEmpty()) {
      deployed.put(type.getJavaClass(), reader.methods());
    }
  }

  void addFinder(@Observes AfterBeanDiscovery event, BeanManager beans) {
    ClassLoader loader = Caching.getDefaultClassLoader();
    event
        .<CachedMethods>addBean()
        .beanClass(MethodFinder.class) // OpenWebBeans makes its proxy of this, not of the types
        .types(MethodFinder.class)
        .scope(ApplicationScoped.class)
        .id(CachedMethods.class.getName())
        .createWith(context -> new CachedMethods(Map.copyOf(deployed), beans, loader))
        .destroyWith((methods, context) -> methods.close());
  }

  void check(@Observes AfterDeploymentValidation event, BeanManager beans) {
    PlugIns plugIns = new PlugIns(beans);
    for (CacheMethod<?> method : methods()) {
      problems(method, plugIns)
          .forEach(p -> event.addDeploymentProblem(new CacheException(method + ": " + p)));
    }
  }

  private List<CacheMethod<?>> methods() {
    return deployed.values().stream().<CacheMethod<?>>flatMap(m -> m.values().stream()).toList();
  }

  private static Set<String> problems(CacheMethod<?> method, PlugIns plugIns) {
    Set<String> problems = new TreeSet<>();
    Stream.of(managerOr(method.resolverFactory()), method.keyGenerator())
        .filter(type -> type != CacheKeyGenerator.class)
        .filter(type -> type != CacheManager.class || plugIns.isBean(type))
        .map(plugIns::problemOf)
        .filter(problem -> problem != null)
        .forEach(problems::add);
    return problems;
  }

  /** The default factory needs no object but the manager. */
  private static Class<?> managerOr(Class<?> factory) {
    return factory == CacheResolverFactory.class ? CacheManager.class : factory;
  }
}
