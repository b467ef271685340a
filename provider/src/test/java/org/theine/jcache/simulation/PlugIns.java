package org.theine.jcache.simulation;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.Copier;
import org.theine.jcache.Serializer;
import org.theine.jcache.SimulatedCache;
import org.theine.jcache.Weigher;

/** The user code that a cache is configured with. For one world. */
final class PlugIns {
  private final World world;
  final @Nullable CacheLoader<Key, Val> loader;
  final @Nullable CacheWriter<Key, Val> writer;
  final ExpiryPolicy expiry;
  final @Nullable Weigher<Key, Val> weigher;
  final @Nullable Copier<Object> copier;
  final @Nullable Serializer serializer;
  final SimulatedCache.Executor executor;
  final List<CacheEntryListenerConfiguration<Key, Val>> listeners = new ArrayList<>();

  PlugIns(World world) {
    this.world = world;
    Settings settings = world.settings;
    loader = settings.loader() ? new Loader() : null;
    writer = settings.writeThrough() ? new Writer() : null;
    expiry = expiry(settings.expiry(), settings.duration());
    weigher = settings.maximumWeight() > 0 ? new Scales() : null;
    copier = settings.form() == Settings.Form.COPIED ? new Duplicator() : null;
    serializer = settings.form() == Settings.Form.SERIALIZED ? new Bytes() : null;
    executor = world::execute;
    for (int i = 0; i < settings.listeners().size(); i++) {
      listeners.add(Listeners.configuration(world, i, settings.listeners().get(i)));
    }
  }

  /** A plug-in that tells when it is closed, and may fail then. */
  abstract static class Closing implements Closeable {
    final World world;
    private final String name;

    Closing(World world, String name) {
      this.world = world;
      this.name = name;
    }

    @Override
    public void close() {
      world.call(Plug.CLOSE, Item.NO_KEY, Item.NONE, Item.NONE, name);
    }
  }

  private ExpiryPolicy expiry(Settings.Expiry kind, Duration duration) {
    return switch (kind) {
      case ETERNAL -> new EternalExpiryPolicy();
      case CREATED -> new CreatedExpiryPolicy(duration);
      case MODIFIED -> new ModifiedExpiryPolicy(duration);
      case ACCESSED -> new AccessedExpiryPolicy(duration);
      case TOUCHED -> new TouchedExpiryPolicy(duration);
      case CUSTOM -> new Moods();
    };
  }

  private final class Moods extends Closing implements ExpiryPolicy {
    Moods() {
      super(PlugIns.this.world, "the expiry policy");
    }

    @Override
    public @Nullable Duration getExpiryForCreation() {
      return answer(Plug.CREATION);
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      return answer(Plug.ACCESS);
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
      return answer(Plug.UPDATE);
    }

    private @Nullable Duration answer(Plug question) {
      world.call(question, Item.NO_KEY, Item.NONE);
      Duration answer = world.choices.oneIn(5) ? null : Settings.duration(world.choices);
      world.record("is", answer == null ? "null" : Settings.show(answer));
      return answer;
    }
  }

  private final class Scales extends Closing implements Weigher<Key, Val> {
    Scales() {
      super(PlugIns.this.world, "the weigher");
    }

    @Override
    public int weigh(Key key, Val value) {
      world.call(Plug.WEIGH, key, value.code());
      boolean wrong = world.settings.mischief() > 0 && world.choices.oneIn(100);
      return wrong ? -1 : Settings.weight(value);
    }
  }

  private final class Duplicator extends Closing implements Copier<Object> {
    Duplicator() {
      super(PlugIns.this.world, "the copier");
    }

    @Override
    @SuppressWarnings("NullAway")
    public Object copy(Object value) {
      Val val = (Val) value;
      world.call(Plug.COPY, Item.NO_KEY, val.code());
      return orNull(() -> val.copy(world));
    }
  }

  private final class Bytes extends Closing implements Serializer {
    Bytes() {
      super(PlugIns.this.world, "the serializer");
    }

    @Override
    public byte[] serialize(Object value) {
      world.call(Plug.SERIALIZE, Item.NO_KEY, ((Val) value).code());
      return orNull(((Val) value)::toBytes);
    }

    @Override
    public Object deserialize(byte[] bytes) {
      Val value = Val.of(bytes, world);
      world.call(Plug.DESERIALIZE, Item.NO_KEY, value.code());
      return orNull(() -> value);
    }
  }

  @SuppressWarnings("NullAway") // what must not be null sometimes is: that is the point
  private <T> T orNull(Supplier<T> value) {
    return world.mischief.isNull() ? null : value.get();
  }

  private final class Loader extends Closing implements CacheLoader<Key, Val> {
    Loader() {
      super(PlugIns.this.world, "the loader");
    }

    @Override
    public @Nullable Val load(Key key) {
      world.call(Plug.LOAD, key, Item.NONE);
      return find(key);
    }

    private @Nullable Val find(Key key) {
      int kind = world.choices.below(4);
      Val written = world.behind.get(key);
      Val found =
          kind == 0 ? null : kind == 1 || written == null ? world.newValue() : written.copy(world);
      world.record("loads", key, Val.code(found), Item.NONE, "");
      return world.keepIfAny(found);
    }

    @Override
    public @Nullable Map<Key, Val> loadAll(Iterable<? extends Key> keys) {
      List<Key> asked = new ArrayList<>();
      keys.forEach(asked::add);
      world.call(Plug.LOAD_ALL, Item.NO_KEY, Item.NONE, Item.NONE, asked.toString());
      int kind = world.choices.below(10);
      if (kind == 0) {
        return null;
      }
      if (kind == 1) {
        asked.add(world.settings.key(9)); // nobody may have asked for it
      }
      Map<Key, Val> loaded = new HashMap<>();
      for (Key key : asked) {
        Val value = find(key);
        if (value != null || kind == 2) {
          loaded.put(key, value);
        }
      }
      return loaded;
    }
  }

  private final class Writer extends Closing implements CacheWriter<Key, Val> {
    Writer() {
      super(PlugIns.this.world, "the writer");
    }

    @Override
    public void write(Cache.Entry<? extends Key, ? extends Val> entry) {
      world.call(Plug.WRITE, entry.getKey(), entry.getValue().code());
      world.behind.put(entry.getKey(), world.keep(entry.getValue()).copy(null));
    }

    @Override
    public void delete(Object key) {
      world.call(Plug.DELETE, (Key) key, Item.NONE);
      world.behind.remove(key);
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends Key, ? extends Val>> entries) {
      StringBuilder text = new StringBuilder();
      entries.forEach(
          entry -> text.append(entry.getKey()).append('=').append(entry.getValue()).append(' '));
      world.call(Plug.WRITE_ALL, Item.NO_KEY, Item.NONE, Item.NONE, text.toString());
      each(entries, this::write);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      world.call(Plug.DELETE_ALL, Item.NO_KEY, Item.NONE, Item.NONE, keys.toString());
      each(keys, this::delete);
    }

    private <T> void each(Collection<T> all, java.util.function.Consumer<T> action) {
      for (Iterator<T> left = all.iterator(); left.hasNext(); ) {
        action.accept(left.next());
        left.remove();
      }
    }
  }
}
