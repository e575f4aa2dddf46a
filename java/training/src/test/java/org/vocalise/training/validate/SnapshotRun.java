package org.vocalise.training.validate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.npy.NpyWriter;
import org.vocalise.dsp.synth.SungPhrase;
import org.vocalise.inference.OutputKind;
import org.vocalise.inference.TinyModels;
import org.vocalise.training.run.RunDirectory;

/** A run's folder as a trainer leaves it, made without one. */
public final class SnapshotRun {
  private static final Instant BEGIN = Instant.parse("2026-02-28T12:00:00Z");
  private static final int SAMPLES = 2 * 256 * 88;

  private final RunDirectory run;
  private int seconds;

  /** Begins a run with two clips of two seconds to validate on. */
  public SnapshotRun(Path folder) throws IOException {
    run = new RunDirectory(Files.createDirectories(folder));
    writeClips(run.validationClips());
    event(0, "start", "\"steps\": 100");
  }

  /** Writes two clips, their mels and the list of them. */
  public static void writeClips(Path folder) throws IOException {
    Files.createDirectories(folder);
    float[] phrase = SungPhrase.sing(22_050).samples();
    for (int i = 0; i < 2; i++) {
      float[] samples = Arrays.copyOfRange(phrase, i * SAMPLES / 2, i * SAMPLES / 2 + SAMPLES);
      writeWav(folder.resolve("song #" + i + ".wav"), samples);
      Mel mel = new MelExtractor(MelSpec.NTU).extract(new Waveform(samples, 22_050));
      NpyWriter.write(
          folder.resolve("song #" + i + ".npy"), mel.values(), MelSpec.NTU.bands(), mel.frames());
    }
    Files.writeString(
        folder.resolve("clips.json"),
        """
        {"schema": 1, "clips": [
          {"name": "Alto#song/0.wav", "stem": "song #0", "sha256": "00"},
          {"name": "Alto#song/1.wav", "stem": "song #1", "sha256": "11"}]}
        """);
  }

  /** Writes a sample of the trainer's, which is a clip made quieter. */
  public void sample(long step, int clip) throws IOException {
    Path folder = Files.createDirectories(run.samples().resolve("step-" + step));
    float[] samples = SungPhrase.sing(22_050).samples();
    float[] quiet = Arrays.copyOfRange(samples, clip * SAMPLES / 2, clip * SAMPLES / 2 + SAMPLES);
    for (int i = 0; i < quiet.length; i++) {
      quiet[i] *= 0.5f;
    }
    writeWav(folder.resolve("song #" + clip + ".wav"), quiet);
  }

  private static void writeWav(Path file, float[] samples) throws IOException {
    try (WavWriter wav = new WavWriter(file, 22_050, WavFormat.PCM16)) {
      wav.write(samples, 0, samples.length);
    }
  }

  /** The folder. */
  public RunDirectory run() {
    return run;
  }

  /** Writes a snapshot, and the event that announces it. */
  public void snapshot(long step, float gain) throws IOException {
    snapshot(step, gain, "\"metrics\": {\"m_stft\": 1.5}");
  }

  /** The same with fields of the event. */
  public void snapshot(long step, float gain, String fields) throws IOException {
    Files.createDirectories(run.snapshots());
    TinyModels.write(run.snapshot(step), OutputKind.AUDIO, gain);
    event(step, "sample", fields);
  }

  /** Appends an event, a second after the one before. */
  public void event(long step, String kind, String fields) throws IOException {
    String line =
        "{\"time\": \"%s\", \"step\": %d, \"kind\": \"%s\", %s}\n"
            .formatted(BEGIN.plusSeconds(seconds++), step, kind, fields);
    Files.write(
        run.events(),
        line.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
