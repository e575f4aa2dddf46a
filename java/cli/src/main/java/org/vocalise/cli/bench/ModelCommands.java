package org.vocalise.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code vocalise vocode --model} as a new process each time, loading and start included. */
public final class ModelCommands {
  private static final int FILES = 30;

  private final Path temporary;
  private final int repeats;
  private final Report report;

  /** Runs commands with outputs in a temporary folder. */
  public ModelCommands(Path temporary, int repeats, Report report) {
    this.temporary = temporary;
    this.repeats = repeats;
    this.report = report;
  }

  /**
   * A folder of mels on two cores, and one mel.
   *
   * @param mels of ten seconds, repeated as often as it takes
   * @param python interpreter with vocalise_train; null to measure ours alone
   */
  public void measure(BenchModel model, List<Path> mels, @Nullable Path python)
      throws IOException, InterruptedException {
    compare("one", model, folder(mels, 1), 1, python);
    compare("folder", model, folder(mels, FILES), FILES, python);
  }

  /** From the start of the process until samples are written: of a mel of a second, and of ten. */
  public void firstSound(BenchModel model, Path clip) throws IOException, InterruptedException {
    report.section(
        "models_first_sound", "First samples after process start, " + model.name() + ", seconds");
    for (int length : new int[] {1, Clips.SECONDS}) {
      Path mel = mel(clip, length);
      Series series = new Series();
      for (int repeat = -1; repeat < repeats; repeat++) {
        Path out = Files.createTempDirectory(temporary, "first-");
        List<String> command = Commands.onTwoCores(ours(model, mel, out.resolve("sound.wav")));
        double seconds = FirstSamples.of(command, out);
        if (repeat >= 0) {
          series.add(seconds);
        }
      }
      report.figure("a mel of " + length + " s", series);
    }
  }

  private void compare(String key, BenchModel model, Path mels, int files, @Nullable Path python)
      throws IOException, InterruptedException {
    List<String> ours = Commands.onTwoCores(ours(model, mels, temporary.resolve("wavs")));
    List<String> theirs = new ArrayList<>();
    if (python != null && model.checkpoint() != null) {
      String out = temporary.resolve("peer-wavs").toString();
      theirs.addAll(
          Commands.onTwoCores(
              Commands.modelPython(
                  python,
                  temporary,
                  "vocode",
                  model.checkpoint().toString(),
                  mels.toString(),
                  out)));
    }
    Series own = new Series();
    Series peer = new Series();
    for (int repeat = -1; repeat < repeats; repeat++) {
      double ownTime = CommandRun.of(ours, temporary, Map.of()).wall();
      double peerTime =
          theirs.isEmpty() ? Double.NaN : CommandRun.of(theirs, temporary, Map.of()).wall();
      if (repeat >= 0) {
        own.add(ownTime);
        peer.add(peerTime);
      }
    }
    report.section(
        "models_" + key,
        files + " mels of 10 s to WAV as one command, " + model.name() + ", two cores, seconds");
    report.figure("ours", own);
    if (!theirs.isEmpty()) {
      report.figure("PyTorch", peer);
      report.figure("PyTorch / ours", peer.over(own));
    }
  }

  /** A long mel through each model, one thread, and a tenth of it. */
  public void hour(List<BenchModel> models, Path clip, int seconds)
      throws IOException, InterruptedException {
    report.section("models_long", "A long mel, one thread");
    for (BenchModel model : models) {
      for (int length : new int[] {seconds / 10, seconds}) {
        Path mel = mel(clip, length);
        List<String> vocode = ours(model, mel, temporary.resolve("long-vocoded.wav"));
        vocode.addAll(List.of("--jobs", "1"));
        String name = String.format(Locale.ROOT, "%s, %.0f minutes", model.name(), length / 60.0);
        report.fact(name, CommandRun.of(vocode, temporary, Map.of()).toString());
      }
    }
  }

  /** The mel of a clip, repeated or cut to a length. */
  private Path mel(Path clip, int seconds) throws IOException, InterruptedException {
    Path recording = temporary.resolve("long.wav");
    Path mel = temporary.resolve("long.npy");
    Clips.writeLong(clip, recording, seconds);
    List<String> command =
        Commands.vocalise(
            "mel", recording.toString(), "-o", mel.toString(), "--overwrite", "--quiet");
    CommandRun.of(command, temporary, Map.of());
    return mel;
  }

  private static List<String> ours(BenchModel model, Path mels, Path out) {
    return Commands.vocalise(
        "vocode",
        mels.toString(),
        "-o",
        out.toString(),
        "--model",
        model.onnx().toString(),
        "--overwrite",
        "--quiet");
  }

  private Path folder(List<Path> mels, int count) throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("mels-" + count));
    for (int i = 0; i < count; i++) {
      Path copy = folder.resolve(String.format(Locale.ROOT, "%03d.npy", i));
      if (Files.notExists(copy)) {
        Files.copy(mels.get(i % mels.size()), copy);
      }
    }
    return folder;
  }
}
