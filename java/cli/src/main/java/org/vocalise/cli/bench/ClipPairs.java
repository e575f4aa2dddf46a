package org.vocalise.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.resample.Resampler;
import org.vocalise.dsp.resample.ResamplerKernel;
import org.vocalise.dsp.synth.SungPhrase;

/**
 * Pairs of files to be scored: clips, and the same with noise, in two versions.
 *
 * @param references folder of clips
 * @param syntheses folder of the same names with noise
 * @param others folder of the same names with other noise
 * @param names of the files
 * @param seconds length of each
 */
public record ClipPairs(
    Path references, Path syntheses, Path others, List<String> names, int seconds) {
  private static final int RATE = 22_050;

  /** Cuts recordings to a length, each a little further on; without any, sings a phrase. */
  public static ClipPairs of(List<Path> recordings, int count, int seconds, Path folder)
      throws IOException {
    Path references = Files.createDirectories(folder.resolve("references"));
    Path syntheses = Files.createDirectories(folder.resolve("syntheses"));
    Path others = Files.createDirectories(folder.resolve("others"));
    List<String> names =
        IntStream.range(0, count).mapToObj(i -> String.format(Locale.ROOT, "%03d.wav", i)).toList();
    Random random = new Random(0);
    for (int i = 0; i < count; i++) {
      float[] source =
          recordings.isEmpty()
              ? SungPhrase.sing(RATE).samples()
              : read(recordings.get(i % recordings.size()));
      float[] clip = new float[seconds * RATE];
      int start = (int) (997L * i % source.length);
      for (int n = 0; n < clip.length; n++) {
        clip[n] = source[(start + n) % source.length];
      }
      write(references.resolve(names.get(i)), clip);
      write(syntheses.resolve(names.get(i)), noisy(clip, random));
      write(others.resolve(names.get(i)), noisy(clip, random));
    }
    return new ClipPairs(references, syntheses, others, names, seconds);
  }

  private static float[] read(Path file) throws IOException {
    Waveform waveform = AudioFiles.read(file);
    if (waveform.samples().length == 0) {
      throw new IOException(file + " holds no samples");
    }
    return waveform.sampleRate() == RATE
        ? waveform.samples()
        : new Resampler(waveform.sampleRate(), RATE, ResamplerKernel.SINC_HANN)
            .resample(waveform.samples());
  }

  private static float[] noisy(float[] clip, Random random) {
    float[] noisy = new float[clip.length];
    for (int i = 0; i < clip.length; i++) {
      noisy[i] = 0.95f * clip[i] + 0.003f * (float) random.nextGaussian();
    }
    return noisy;
  }

  private static void write(Path file, float[] samples) throws IOException {
    try (WavWriter writer = new WavWriter(file, RATE, WavFormat.PCM16)) {
      writer.write(samples, 0, samples.length);
    }
  }
}
