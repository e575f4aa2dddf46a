package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.eval.separation.BssEval;
import org.vocalise.eval.separation.BssOptions;
import org.vocalise.eval.separation.BssScores;
import org.vocalise.eval.separation.SourceScore;
import org.vocalise.eval.separation.Track;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vocalise bss-eval}. */
@Command(
    name = "bss-eval",
    description = {
      "Score separated sources: SDR, ISR, SIR and SAR in dB, of the whole or the median of windows.",
      "References and estimates are WAV or FLAC files of one rate, length and number of channels."
    },
    footer = {
      "",
      "Example:",
      "  vocalise bss-eval --reference vocals.wav rest.wav --estimate vocals1.wav rest1.wav"
    })
final class BssEvalCommand implements Callable<Integer> {
  /** Figures of a source, by the name that JSON gives them. */
  private static final Map<String, ToDoubleFunction<SourceScore>> FIGURES = figures();

  /** The published forms. */
  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers and an enum
  enum Definition {
    MUSEVAL_V4(BssOptions.MUSEVAL_V4),
    MUSEVAL_V3(BssOptions.MUSEVAL_V3),
    SOURCES_V3(BssOptions.SOURCES_V3),
    IMAGES_V3(BssOptions.IMAGES_V3);

    private final BssOptions options;

    Definition(BssOptions options) {
      this.options = options;
    }
  }

  @Option(
      names = "--reference",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "The true sources.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private List<Path> references;

  @Option(
      names = "--estimate",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "The separated sources, as many.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private List<Path> estimates;

  @Option(
      names = "--definition",
      paramLabel = "NAME",
      defaultValue = "museval-v4",
      description = {
        "museval-v4 (windows of 1 s, filters of the whole; default), museval-v3 (filters of each",
        "window), sources-v3 or images-v3 (mir_eval's; the whole, best order of the estimates)."
      })
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String definition;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (references.size() != estimates.size()) {
      throw new UsageException(
          "--reference has %d files, --estimate %d: give as many"
              .formatted(references.size(), estimates.size()));
    }
    BssOptions options = options();
    BssScores scores =
        new BssEval(options)
            .score(
                references.stream().map(Track::of).toList(),
                estimates.stream().map(Track::of).toList());
    Console console = output.console();
    List<Object> sources = new ArrayList<>();
    for (int j = 0; j < references.size(); j++) {
      Map<String, Object> source = source(scores, j);
      sources.add(source);
      console.result(line(source));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", 1);
    document.put("definition", options.definition());
    document.put("windows", scores.windows().size());
    document.put("sources", sources);
    console.document(document);
    return ExitCode.DONE;
  }

  private BssOptions options() {
    try {
      return Choice.parse(Definition.class, "--definition", definition).options;
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, Object> source(BssScores scores, int source) {
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("reference", references.get(source).toString());
    int estimate = scores.assignments().get(0).get(source);
    found.put("estimate", estimates.get(estimate).toString());
    FIGURES.forEach((name, figure) -> put(found, name, scores.median(source, figure)));
    List<Object> windows = new ArrayList<>();
    for (List<SourceScore> window : scores.windows()) {
      windows.add(window == null ? Map.of() : figures(window.get(source)));
    }
    found.put("windows", windows);
    return found;
  }

  private static Map<String, Object> figures(SourceScore score) {
    Map<String, Object> found = new LinkedHashMap<>();
    FIGURES.forEach((name, figure) -> put(found, name, figure.applyAsDouble(score)));
    return found;
  }

  /** JSON has no infinity and no NaN: text for one, nothing for the other. */
  private static void put(Map<String, Object> target, String name, double value) {
    if (Double.isInfinite(value)) {
      target.put(name, value > 0 ? "inf" : "-inf");
    } else if (!Double.isNaN(value)) {
      target.put(name, value);
    }
  }

  private static String line(Map<String, Object> source) {
    StringBuilder line = new StringBuilder(source.get("estimate") + ":");
    for (String name : FIGURES.keySet()) {
      Object value = source.get(name);
      if (value != null) {
        String text =
            value instanceof Double number
                ? String.format(Locale.ROOT, "%.2f", number)
                : value.toString();
        line.append(' ').append(name.toUpperCase(Locale.ROOT)).append(' ').append(text);
      }
    }
    return line + " dB";
  }

  private static Map<String, ToDoubleFunction<SourceScore>> figures() {
    Map<String, ToDoubleFunction<SourceScore>> figures = new LinkedHashMap<>();
    figures.put("sdr", SourceScore::sdr);
    figures.put("isr", SourceScore::isr);
    figures.put("sir", SourceScore::sir);
    figures.put("sar", SourceScore::sar);
    return figures;
  }
}
