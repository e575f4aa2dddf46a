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
   * A folder of mels on two cores, and one mel, whose time bounds that of the first sound.
   *
   * @param mels of ten seconds, repeated as often as it takes
   * @param python interpreter with vocalise_train; null to measure ours alone
   */
  public void measure(BenchModel model, List<Path> mels, @Nullable Path python)
      throws IOException, InterruptedException {
    compare("first_sound", model, folder(mels, 1), 1, python);
    compare("folder", model, folder(mels, FILES), FILES, python);
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
        Path recording = temporary.resolve("long.wav");
        Path mel = temporary.resolve("long.npy");
        Clips.writeLong(clip, recording, length);
        CommandRun.of(
            Commands.vocalise(
                "mel", recording.toString(), "-o", mel.toString(), "--overwrite", "--quiet"),
            temporary,
            Map.of());
        List<String> vocode = ours(model, mel, temporary.resolve("long-vocoded.wav"));
        vocode.addAll(List.of("--jobs", "1"));
        String name = String.format(Locale.ROOT, "%s, %.0f minutes", model.name(), length / 60.0);
        report.fact(name, CommandRun.of(vocode, temporary, Map.of()).toString());
      }
    }
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
