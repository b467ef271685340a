package org.theine.jcache.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.theine.jcache.bench.shop.ShopSamples;

/** The first two passes in small, and the page about them. */
final class PassesTest {
  private static final ListenerPass.Settings SETTINGS =
      new ListenerPass.Settings(200, 2, Duration.ofMillis(200), Duration.ofSeconds(1));

  @Test
  void passes_realTrace_agreeAndMakeAPage() throws IOException, InterruptedException {
    Trace trace = Trace.resource("web12");
    try (CacheManager manager = BoundedCaches.provider().getCacheManager()) {
      HitRatioPass ratios = new HitRatioPass(manager, trace, 1);
      HitRatio small = ratios.run(75, done -> assertThat(done).isBetween(0.0, 1.0));
      HitRatio large = ratios.run(3000, done -> {});
      ListenerReport listeners = new ListenerPass(manager, trace, SETTINGS).run(done -> {});
      Results results =
          new Results(
              trace,
              List.of(small, large),
              1,
              listeners,
              ShopSamples.report(0),
              List.of(new Results.Fact("a < b", "c & d")));

      assertThat(results.ratioChecks()).allMatch(Check::ok);
      assertThat(results.listeners().checks()).allMatch(Check::ok);
      assertThat(small.cache()).isBetween(0.0, small.optimum());
      assertThat(large.cache()).isBetween(small.cache(), large.optimum());
      assertThat(new Page(results).html())
          .contains("All " + results.checks() + " comparisons agree", "a &lt; b", "c &amp; d")
          .doesNotContain("{{", "<script", "src=", "MISMATCH");
    }
  }
}
