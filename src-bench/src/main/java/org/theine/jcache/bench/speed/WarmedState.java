package org.theine.jcache.bench.speed;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.theine.jcache.bench.jmh.CacheMapping;
import org.theine.jcache.bench.jmh.Mapping;

/**
 * A virtual machine in which other caches were used before, as in a real process: what is compiled
 * has seen more than one kind of cache.
 */
@State(Scope.Benchmark)
public class WarmedState extends CacheState {
  private static final int USES = 400_000;

  private static final List<Setting> OTHERS =
      List.of(Setting.UNBOUNDED, Setting.TIGHT, Setting.CREATED_1H, Setting.BY_VALUE);

  /** Uses four caches that are configured differently. */
  @Setup(Level.Trial)
  public void useOthers(Blackhole blackhole) {
    for (Setting other : OTHERS) {
      Mapping mapping =
          contestant.isProvider()
              ? new CacheMapping(Providers.open(contestant, other, keys))
              : Floors.open(contestant, other, keys);
      for (int i = 0; i < USES; i++) {
        Object key = request(ThreadLocalRandom.current().nextInt(keys));
        blackhole.consume(mapping.get(key));
        mapping.put(key, key);
      }
    }
  }
}
