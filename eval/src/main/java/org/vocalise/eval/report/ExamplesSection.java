package org.vocalise.eval.report;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.picture.SpectrogramPanels;
import org.vocalise.dsp.pitch.PitchTrack;
import org.vocalise.eval.result.FileScores;
import org.vocalise.eval.result.SystemScores;
import org.vocalise.eval.run.PairedFile;

/** The worst and the best files, to be heard and seen. */
final class ExamplesSection {
  private final Html html;
  private final ReportSources sources;
  private final List<MetricText> metrics;

  ExamplesSection(Html html, ReportSources sources, List<MetricText> metrics) {
    this.html = html;
    this.sources = sources;
    this.metrics = metrics;
  }

  void write(List<SystemScores> systems) throws InterruptedException {
    ExampleChoice choice = ExampleChoice.of(systems, metrics);
    if (choice.reasons().isEmpty()) {
      return;
    }
    html.open("section", "id", "examples").open("div", "class", "screen");
    html.leaf("h2", "Worst and best files");
    html.open("p");
    html.text("By " + choice.metric().title() + ", the first " + Excerpt.SECONDS + " s of each.");
    if (choice.systems().size() < systems.size()) {
      html.text(" Of the " + choice.systems().size() + " best systems.");
    }
    html.text(" Spectrograms share one scale of 80 dB below the loudest value; in the difference,");
    html.text(" blue is too weak in the synthesis and red is too strong, by up to 30 dB.");
    html.close().close().line();
    for (String file : choice.reasons().keySet()) {
      example(choice, file);
    }
    html.close().line();
  }

  /** A file: players first, so that versions are compared by ear one after the other. */
  private void example(ExampleChoice choice, String file) throws InterruptedException {
    List<ExampleChoice.Reason> reasons = choice.reasons().getOrDefault(file, List.of());
    html.open("article", "class", "example").open("div", "class", "screen");
    html.open("h3").name(file).close().open("p", "class", "places");
    for (int i = 0; i < reasons.size(); i++) {
      html.text((i == 0 ? "" : ", ") + reasons.get(i).place() + " of ");
      html.name(reasons.get(i).system());
    }
    html.close().open("div", "class", "players");
    Map<SystemScores, Excerpt> excerpts = new LinkedHashMap<>();
    for (SystemScores system : choice.shown(file)) {
      Excerpt excerpt = excerpt(system, file);
      if (excerpt != null) {
        if (excerpts.isEmpty()) {
          player("Reference", excerpt.reference());
        }
        player(system.name(), excerpt.synthesis());
        excerpts.put(system, excerpt);
      }
    }
    html.close().close().line();
    for (Map.Entry<SystemScores, Excerpt> shown : excerpts.entrySet()) {
      String system = shown.getKey().name();
      String end =
          reasons.stream()
              .filter(reason -> reason.system().equals(system) && !reason.place().contains(" "))
              .map(ExampleChoice.Reason::place)
              .findFirst()
              .orElse(null);
      html.open("div", "class", end == null ? "screen take" : "slide take");
      html.open("h4").open("span", "class", "print").name(file).text(" of ").close();
      html.name(system);
      if (end != null) {
        String place = ", its " + end + " by " + choice.metric().title();
        html.leaf("span", place, "class", "print quiet");
      }
      html.close();
      take(shown.getKey(), file, shown.getValue());
      html.close();
    }
    html.close().line();
  }

  /** Null where a recording can't be read: the scores are there, and the page says what is not. */
  private @Nullable Excerpt excerpt(SystemScores system, String file) {
    try {
      PairedFile pair = sources.files(system.name(), file);
      return Excerpt.read(pair.reference(), pair.synthesis());
    } catch (IOException e) {
      warning(system, e);
      return null;
    }
  }

  private void warning(SystemScores system, IOException fault) {
    html.open("p", "class", "warning").name(system.name());
    html.text(" can't be shown: " + fault.getMessage()).close();
  }

  private void take(SystemScores system, String file, Excerpt excerpt) throws InterruptedException {
    figures(system, file);
    html.open("div", "class", "panels");
    try {
      panels(excerpt);
      pitch(system, file, excerpt);
    } catch (IOException e) {
      warning(system, e);
    }
    html.close();
  }

  private void figures(SystemScores system, String name) {
    html.open("p", "class", "figures");
    for (FileScores file : system.files()) {
      if (file.name().equals(name)) {
        for (MetricText metric : metrics) {
          Double score = file.scores().get(metric.key());
          if (score != null) {
            String unit = metric.unit().isEmpty() ? "" : " " + metric.unit();
            html.open("span").text(metric.title() + " ");
            html.leaf("b", metric.format(score) + unit).close().text(" ");
          }
        }
      }
    }
    html.close();
  }

  private void player(String words, Waveform waveform) {
    Player.write(html, words, DataUri.wav(waveform));
  }

  private void panels(Excerpt excerpt) throws IOException {
    SpectrogramPanels panels = excerpt.panels();
    double seconds = excerpt.seconds();
    int rate = excerpt.reference().sampleRate();
    PanelPlot.write(
        html, "Reference, kHz", "Spectrogram of the reference", panels.first(), seconds, rate);
    PanelPlot.write(
        html, "Synthesis, kHz", "Spectrogram of the synthesis", panels.second(), seconds, rate);
    String apart =
        String.format(
            Locale.ROOT, "Synthesis - reference: %.1f dB apart on average", panels.meanDecibels());
    PanelPlot.write(html, apart, apart, panels.difference(), seconds, rate);
  }

  private void pitch(SystemScores system, String file, Excerpt excerpt)
      throws IOException, InterruptedException {
    PitchTrack reference = sources.referenceTrack(system.name(), file);
    PitchTrack synthesis = sources.synthesisTrack(system.name(), file);
    if (reference != null && synthesis != null) {
      PitchPlot.write(html, reference, synthesis, excerpt.seconds());
    }
  }
}
