package org.vocalise.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.npy.NpyWriter;
import org.vocalise.dsp.resample.Resampler;
import org.vocalise.dsp.resample.ResamplerKernel;
import org.vocalise.dsp.synth.SungPhrase;

/**
 * What is worked on: clips of ten seconds at one rate, as files that every side reads.
 *
 * @param folder holds nothing but the clips
 * @param files the clips
 */
public record Clips(Path folder, List<Path> files) {
  /** Sample rate of every clip, Hz. */
  public static final int RATE = 22_050;

  /** Length of every clip. */
  public static final int SECONDS = 10;

  /** Cuts recordings to ten seconds; shorter ones are repeated. */
  public static Clips of(List<Path> recordings, Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path recording : recordings) {
      Waveform waveform = AudioFiles.read(recording);
      float[] samples =
          waveform.sampleRate() == RATE
              ? waveform.samples()
              : new Resampler(waveform.sampleRate(), RATE, ResamplerKernel.SINC_HANN)
                  .resample(waveform.samples());
      if (samples.length > 0) {
        files.add(write(samples, folder, files.size()));
      }
    }
    if (files.isEmpty()) {
      throw new IOException("the recordings given hold no samples");
    }
    return new Clips(folder, files);
  }

  /** Sings a phrase, a little later in each clip. */
  public static Clips synthetic(int count, Path folder) throws IOException {
    float[] phrase = SungPhrase.sing(RATE).samples();
    List<Path> files = new ArrayList<>();
    for (int clip = 0; clip < count; clip++) {
      int shift = clip * phrase.length / count;
      float[] turned = Arrays.copyOfRange(phrase, shift, shift + phrase.length);
      System.arraycopy(phrase, 0, turned, phrase.length - shift, shift);
      files.add(write(turned, folder, clip));
    }
    return new Clips(folder, files);
  }

  /** Makes the mel of each clip, as the brief defines it. */
  public List<Path> mels(Path target) throws IOException {
    List<Path> mels = new ArrayList<>();
    for (Path file : files) {
      Mel mel = new MelExtractor(MelSpec.NTU).extract(AudioFiles.read(file));
      Path npy = Files.createDirectories(target).resolve("mel-" + mels.size() + ".npy");
      NpyWriter.write(npy, mel.values(), MelSpec.NTU.bands(), mel.frames());
      mels.add(npy);
    }
    return mels;
  }

  /** Writes a clip again and again, or the beginning of it. */
  static void writeLong(Path clip, Path target, int seconds) throws IOException {
    float[] samples = AudioFiles.read(clip).samples();
    try (WavWriter writer = new WavWriter(target, RATE, WavFormat.PCM16)) {
      int count;
      for (int left = seconds * RATE; left > 0; left -= count) {
        count = Math.min(left, samples.length);
        writer.write(samples, 0, count);
      }
    }
  }

  private static Path write(float[] samples, Path folder, int index) throws IOException {
    Path file = Files.createDirectories(folder).resolve("clip-" + index + ".wav");
    try (WavWriter writer = new WavWriter(file, RATE, WavFormat.FLOAT32)) {
      int wanted = SECONDS * RATE;
      while (wanted > 0) {
        int count = Math.min(wanted, samples.length);
        writer.write(samples, 0, count);
        wanted -= count;
      }
    }
    return file;
  }
}
