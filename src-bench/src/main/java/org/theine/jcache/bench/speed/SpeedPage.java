package org.theine.jcache.bench.speed;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import javax.cache.Cache;
import org.openjdk.jmh.runner.Runner;
import org.theine.jcache.bench.Frame;
import org.theine.jcache.bench.Surroundings;
import org.theine.jcache.bench.Versions;

/**
 * The page about the runs: how we stand, one small picture a row, all figures; one HTML file that
 * needs nothing else, no script and no network. Its frame is the resource page.html.
 */
final class SpeedPage {
  private static final String FRAME = "page.html";
  private static final String UNKNOWN = "<td>\u2013</td>";

  private final Figures figures;
  private final Scale scale;
  private final int rounds;
  private final int shards;
  private final List<Standing> standings;
  private final List<Contestant> contestants;

  /** Prepares a page about what there is of so many rounds, with so many shards or 0. */
  SpeedPage(Figures figures, Scale scale, int rounds, int shards) {
    this.figures = figures;
    this.scale = scale;
    this.rounds = rounds;
    this.shards = shards;
    this.standings = Standing.all(figures);
    this.contestants =
        Arrays.stream(Contestant.values())
            .filter(c -> figures.rows().stream().anyMatch(row -> figures.has(row, c)))
            .toList();
  }

  /** The whole page. */
  String html() throws IOException {
    Map<String, String> texts = new HashMap<>();
    texts.put("verdict", verdict());
    texts.put("summary", summary());
    texts.put("rounds", rangeNote());
    texts.put("legend", legend());
    texts.put("panels", panels());
    texts.put("heads", heads());
    texts.put("figures", figures());
    texts.put("facts", facts());
    return Frame.of(SpeedPage.class, FRAME).filled(texts);
  }

  private String verdict() {
    List<Mark> judged =
        standings.stream()
            .flatMap(standing -> standing.marks().stream())
            .filter(mark -> mark.verdict() != Mark.Verdict.NONE)
            .toList();
    long missed = judged.stream().filter(Mark::isMissed).count();
    return missed == 0
        ? format("<p class='met'>\u2713 All %d goals are met.</p>", judged.size())
        : format("<p class='missed'>\u2717 %d of %d goals are missed.</p>", missed, judged.size());
  }

  private String summary() {
    StringBuilder rows = new StringBuilder();
    for (Standing standing : standings) {
      Contestant rival = standing.rival();
      rows.append("<tr><th scope='row'>").append(Frame.escaped(standing.row().title()));
      rows.append("</th>");
      rows.append(cell(standing.nanos(), "", "", Numbers::nanos));
      rows.append(cell(standing.floor(), "", "\u2265", Numbers::ratio));
      rows.append(
          cell(standing.best(), rival == null ? "" : rival.title(), "\u2265", Numbers::ratio));
      rows.append(cell(standing.caffeine(), "", "\u2265", Numbers::ratio));
      rows.append(cell(standing.bytes(), "", "\u2264", Numbers::whole));
      rows.append(cell(standing.misses(), "", "\u2264", Numbers::percent));
      rows.append("</tr>\n");
    }
    return rows.toString();
  }

  /**
   * A figure, marked by whether its goal is met; beside it the goal, below a name and the range.
   */
  private static String cell(Mark mark, String name, String rule, DoubleFunction<String> digits) {
    if (!mark.isKnown()) {
      return UNKNOWN;
    }
    String goal =
        mark.hasGoal() ? format(" <small>%s %s</small>", rule, Numbers.brief(mark.goal())) : "";
    String lowest = digits.apply(mark.lowest());
    String highest = digits.apply(mark.highest());
    String range = lowest.equals(highest) ? "" : lowest + "\u2013" + highest;
    String notes = (name + " " + range).strip();
    String rest =
        goal
            + (notes.isEmpty()
                ? ""
                : format("<small class='below'>%s</small>", Frame.escaped(notes)));
    String figure = digits.apply(mark.figure());
    return switch (mark.verdict()) {
      case MET -> format("<td class='met'>\u2713 %s%s</td>", figure, rest);
      case MISSED -> format("<td class='missed'>\u2717 <b>%s</b>%s</td>", figure, rest);
      case NONE -> format("<td>%s%s</td>", figure, rest);
    };
  }

  private String rangeNote() {
    return figures.rounds() < 2
        ? ""
        : format(
            "<p>Figures are geometric means over %d rounds (bytes and misses: arithmetic ones); the"
                + " range is that of the rounds.</p>",
            figures.rounds());
  }

  private String legend() {
    StringBuilder items = new StringBuilder();
    for (Contestant contestant : contestants) {
      items.append(
          format(
              "<li class='%s'><svg viewBox='0 0 30 14' width='30' height='14' aria-hidden='true'>"
                  + "<rect class='bar' x='1' y='1' width='28' height='12'/></svg>"
                  + "<span>%s</span></li>%n",
              Bars.style(contestant), Frame.escaped(contestant.title())));
    }
    return items.toString();
  }

  private String panels() {
    StringBuilder panels = new StringBuilder();
    for (Row row : figures.rows()) {
      panels.append(
          format(
              "<figure><figcaption>%s</figcaption>%n%s</figure>%n",
              Frame.escaped(row.title()), new Bars(figures, row).svg()));
    }
    return panels.toString();
  }

  private String heads() {
    StringBuilder heads = new StringBuilder("<tr><th>ns/op</th>");
    for (Contestant contestant : contestants) {
      heads.append(format("<th scope='col'>%s</th>", Frame.escaped(contestant.title())));
    }
    return heads.append("</tr>").toString();
  }

  private String figures() {
    StringBuilder rows = new StringBuilder();
    for (Row row : figures.rows()) {
      rows.append("<tr><th scope='row'>").append(Frame.escaped(row.title())).append("</th>");
      for (Contestant contestant : contestants) {
        rows.append(
            figures.has(row, contestant)
                ? format("<td>%s</td>", Numbers.nanos(figures.nanos(row, contestant)))
                : UNKNOWN);
      }
      rows.append("</tr>\n");
    }
    return rows.toString();
  }

  private String facts() {
    StringBuilder rows = new StringBuilder();
    for (Contestant contestant : contestants) {
      rows.append(fact(contestant.title(), contestant.version()));
    }
    rows.append(fact("javax.cache", Versions.of(Cache.class)));
    rows.append(fact("JMH", Versions.of(Runner.class)));
    rows.append(fact("machine", Surroundings.machine()));
    rows.append(fact("each run", "in a virtual machine of its own, " + Trial.jvmArguments(shards)));
    rows.append(fact("scale", scale.words()));
    rows.append(fact("rounds", figures.rounds() + " of " + rounds));
    rows.append(fact("date", Surroundings.date()));
    return rows.toString();
  }

  private static String fact(String subject, String text) {
    return format(
        "<tr><th scope='row'>%s</th><td>%s</td></tr>%n",
        Frame.escaped(subject), Frame.escaped(text));
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
