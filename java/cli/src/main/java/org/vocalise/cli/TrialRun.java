package org.vocalise.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.synth.SungPhrase;

/**
 * Runs the commands that are called most, on two seconds of a phrase. {@code ./vocalise} runs it
 * after a build and keeps an archive of the classes that it loads, with which later calls start
 * sooner.
 */
final class TrialRun {
  private static final int SECONDS = 2;

  private TrialRun() {}

  /**
   * Takes no arguments, prints nothing and leaves no files.
   *
   * @throws IllegalStateException if a command fails
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("vocalise-trial-");
    try {
      String song = sing(folder.resolve("song.wav")).toString();
      String mel = folder.resolve("song.npy").toString();
      String again = folder.resolve("again.wav").toString();
      run("mel", song, "-o", mel);
      run("vocode", mel, "-o", again);
      String scores = folder.resolve("scores").toString();
      run("score", "--reference", song, "--synth", again, "-o", scores, "--no-cache");
    } finally {
      BenchCommand.delete(folder);
    }
  }

  private static Path sing(Path file) throws IOException {
    int rate = MelSpec.NTU.sampleRate();
    try (WavWriter writer = new WavWriter(file, rate, WavFormat.PCM16)) {
      writer.write(SungPhrase.sing(rate).samples(), 0, SECONDS * rate);
    }
    return file;
  }

  private static void run(String... arguments) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    int code = Main.commandLine(nowhere, nowhere, arguments).execute(arguments);
    if (code != ExitCode.DONE) {
      throw new IllegalStateException(String.join(" ", arguments) + ": exit code " + code);
    }
  }
}
