package org.vocalise.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.OutputFolder;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.mel.MelSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vocalise plot}. */
@Command(
    name = "plot",
    description = {
      "Draw a mel or a recording, or two of them beside their difference.",
      "Beside a mel, a recording is shown as the mel that it has."
    },
    footer = {
      "",
      "Examples:",
      "  vocalise plot song.npy -o song.png",
      "  vocalise plot song.wav vocoded.wav -o comparison.png"
    })
final class PlotCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "A", description = "Mel (.npy) or audio file.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path first;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "B",
      description = "File to compare with: the picture shows A, B, and B - A.")
  private @Nullable Path second;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "PNG",
      description = "The picture.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path target;

  @Option(names = "--overwrite", description = "Replace an existing picture.")
  private boolean overwrite;

  @Mixin private final MelFileOptions melFile = new MelFileOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!target.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new UsageException("-o " + target + ": name the picture with .png at the end");
    }
    if (!overwrite && Files.exists(target)) {
      throw new UsageException(target + ": exists already; --overwrite replaces it");
    }
    OutputFolder.makeFor(target);
    Console console = output.console();
    MelSpec spec = melFile.spec();
    boolean asMel =
        FileKinds.MEL.includes(first) || (second != null && FileKinds.MEL.includes(second));
    Spectrogram a = open(first, asMel, spec);
    long frames = a.frames();
    BufferedImage picture;
    if (second == null) {
      picture = Comparison.single(a, first);
    } else {
      Spectrogram b = open(second, asMel, spec);
      refuseOtherRate(a, b);
      frames = Math.min(frames, b.frames());
      if (a.frames() != b.frames()) {
        console.note(lengths(a, b));
      }
      picture = Comparison.of(a, first, b, second, frames);
    }
    Comparison.write(picture, target, overwrite);
    report(console, frames / a.framesPerSecond());
    return ExitCode.DONE;
  }

  private void report(Console console, double seconds) {
    String shown = second == null ? first.toString() : first + " beside " + second;
    console.result(String.format(Locale.ROOT, "%s: %.2f s of %s", target, seconds, shown));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", 1);
    document.put("picture", target.toString());
    document.put("seconds", seconds);
    console.document(document);
  }

  private Spectrogram open(Path file, boolean asMel, MelSpec spec) throws IOException {
    if (FileKinds.MEL.includes(file)) {
      return MelSpectrogram.ofMel(file, spec, melFile.scale(spec));
    }
    return asMel ? MelSpectrogram.ofAudio(file, spec) : AudioSpectrogram.of(file);
  }

  private void refuseOtherRate(Spectrogram a, Spectrogram b) throws InputException {
    if (a instanceof AudioSpectrogram one
        && b instanceof AudioSpectrogram other
        && one.rate() != other.rate()) {
      throw new InputException(
          other.file(),
          "%d Hz can't be compared with %s at %d Hz: convert one of them"
              .formatted(other.rate(), one.file(), one.rate()));
    }
  }

  private String lengths(Spectrogram a, Spectrogram b) {
    return String.format(
        Locale.ROOT,
        "%s lasts %.2f s, %s %.2f s: the picture shows what both have",
        first,
        a.frames() / a.framesPerSecond(),
        second,
        b.frames() / b.framesPerSecond());
  }
}
