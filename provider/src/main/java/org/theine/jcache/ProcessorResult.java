package org.theine.jcache;

import java.util.Optional;
import java.util.function.Supplier;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/** What a processor returned for a key, or how it failed. Immutable. */
final class ProcessorResult<T> implements EntryProcessorResult<T> {
  private final @Nullable T result;
  private final @Nullable EntryProcessorException failure;

  private ProcessorResult(@Nullable T result, @Nullable EntryProcessorException failure) {
    this.result = result;
    this.failure = failure;
  }

  /** Runs a processor; a null result is left out, a failure is kept for who asks for it. */
  static <T> Optional<EntryProcessorResult<T>> of(Supplier<? extends @Nullable T> invocation) {
    try {
      T result = invocation.get();
      return result == null ? Optional.empty() : Optional.of(new ProcessorResult<>(result, null));
    } catch (EntryProcessorException e) {
      return Optional.of(new ProcessorResult<>(null, e));
    } catch (IllegalStateException e) {
      throw e; // closed meanwhile: no key can be processed any more
    } catch (RuntimeException e) {
      return Optional.of(new ProcessorResult<>(null, new EntryProcessorException(e)));
    }
  }

  @Override
  public T get() {
    if (failure != null) {
      throw failure;
    }
    assert result != null : "a null result is left out";
    return result;
  }
}
