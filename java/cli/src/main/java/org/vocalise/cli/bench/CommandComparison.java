package org.vocalise.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whole commands, their start included, each time as a new process. */
public final class CommandComparison {
  private final Path temporary;
  private final int repeats;
  private final Report report;

  /** Runs commands with outputs in a temporary folder. */
  public CommandComparison(Path temporary, int repeats, Report report) {
    this.temporary = temporary;
    this.repeats = repeats;
    this.report = report;
  }

  /** How much later {@code vocalise --version} ends than the JVM alone. */
  public void start() throws IOException, InterruptedException {
    List<String> version = Commands.vocalise("--version");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> bare = List.of(java.toString(), "-Xshare:auto", "-version");
    Series ours = new Series();
    Series jvm = new Series();
    for (int repeat = -1; repeat < repeats; repeat++) {
      double alone = run(bare).wall();
      double whole = run(version).wall();
      if (repeat >= 0) {
        jvm.add(alone);
        ours.add(whole);
      }
    }
    report.section("start", "Start, seconds");
    report.figure("java -version", jvm);
    report.figure("vocalise --version", ours);
  }

  /**
   * The mels of a folder: on one core, and on all of them with as many threads as each side likes.
   *
   * @param python interpreter with torchaudio; null to measure ours alone
   */
  public void mel(Path folder, int files, @Nullable Path python)
      throws IOException, InterruptedException {
    String title = "Mel of " + files + " files as one command, seconds of processor time";
    report.section("mel_one_core", title + ", one core");
    List<String> ours = ourMel(folder);
    List<String> peer = python == null ? List.of() : peerMel(folder, python);
    mel(
        Commands.onOneCore(ours),
        peer.isEmpty() ? peer : Commands.onOneCore(peer),
        Commands.ONE_THREAD);
    report.section("mel", title + ", all cores");
    mel(ours, peer, Map.of());
  }

  private void mel(List<String> ours, List<String> peer, Map<String, String> environment)
      throws IOException, InterruptedException {
    Series own = new Series();
    Series theirs = new Series();
    for (int repeat = -1; repeat < repeats; repeat++) {
      double ownTime = CommandRun.of(ours, temporary, environment).cpu();
      double peerTime =
          peer.isEmpty() ? Double.NaN : CommandRun.of(peer, temporary, environment).cpu();
      if (repeat >= 0) {
        own.add(ownTime);
        theirs.add(peerTime);
      }
    }
    report.figure("ours", own);
    if (!peer.isEmpty()) {
      report.figure("torchaudio", theirs);
      report.figure("torchaudio / ours", theirs.over(own));
    }
  }

  private List<String> ourMel(Path folder) {
    String out = temporary.resolve("mels").toString();
    return Commands.vocalise("mel", folder.toString(), "-o", out, "--overwrite", "--quiet");
  }

  private List<String> peerMel(Path folder, Path python) throws IOException {
    String out = temporary.resolve("peer-mels").toString();
    return Commands.python(python, temporary, "mel", folder.toString(), out);
  }

  /** A long recording through both main commands with 512 MiB of heap, and a tenth of it. */
  public void hour(Path clip, int seconds) throws IOException, InterruptedException {
    report.section("long", "A long recording with 512 MiB of heap");
    // The script reads the first, a JVM started without the script the second.
    Map<String, String> heap =
        Map.of("VOCALISE_JAVA_OPTS", "-Xmx512m", "JDK_JAVA_OPTIONS", "-Xmx512m");
    for (int length : new int[] {seconds / 10, seconds}) {
      Path recording = temporary.resolve("long.wav");
      Path mel = temporary.resolve("long.npy");
      Path vocoded = temporary.resolve("long-vocoded.wav");
      Clips.writeLong(clip, recording, length);
      String name = String.format(Locale.ROOT, "%.0f minutes", length / 60.0);
      List<String> extract =
          Commands.vocalise(
              "mel", recording.toString(), "-o", mel.toString(), "--overwrite", "--quiet");
      report.fact(name + ", mel", CommandRun.of(extract, temporary, heap).toString());
      List<String> vocode =
          Commands.vocalise(
              "vocode",
              mel.toString(),
              "-o",
              vocoded.toString(),
              "--engine",
              "griffin-lim",
              "--overwrite",
              "--quiet");
      report.fact(name + ", vocode", CommandRun.of(vocode, temporary, heap).toString());
    }
  }

  private CommandRun run(List<String> command) throws IOException, InterruptedException {
    return CommandRun.of(command, temporary, Map.of());
  }
}
