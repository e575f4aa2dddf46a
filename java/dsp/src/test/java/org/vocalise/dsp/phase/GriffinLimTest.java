package org.vocalise.dsp.phase;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.synth.SungPhrase;

class GriffinLimTest {
  private static final GriffinLimOptions DEFAULT = GriffinLimOptions.DEFAULT;

  static Stream<MelSpec> specs() {
    MelSpec custom =
        new MelSpec(
            22050,
            600,
            480,
            120,
            64,
            40,
            11025,
            MelSpec.Scale.HTK,
            MelSpec.Norm.NONE,
            MelSpec.Padding.REFLECT,
            MelSpec.Spectrum.POWER,
            MelSpec.Log.DB,
            1e-10);
    return Stream.of(MelSpec.NTU, MelSpec.HIFIGAN, MelSpec.VOCOS24K, custom);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void melOfTheResultIsTheMelGiven(MelSpec spec) throws Exception {
    Mel mel = melOf(spec);
    float[] samples = vocode(mel, DEFAULT);
    assertEquals(mel.frames() * spec.hop(), samples.length);
    Mel again = new MelExtractor(spec).extract(new Waveform(samples, spec.sampleRate()));
    // Share of energy in the bands that differs: a shift, a wrong scale or a wrong level show here.
    double difference = 0;
    double total = 0;
    for (int band = 0; band < spec.bands(); band++) {
      for (int t = 2; t < Math.min(mel.frames(), again.frames()) - 2; t++) {
        double given = amplitude(mel.at(band, t), spec);
        double made = amplitude(again.at(band, t), spec);
        difference += (given - made) * (given - made);
        total += given * given;
      }
    }
    double error = 10 * Math.log10(difference / total);
    assertTrue(error < -22, spec + ": " + error + " dB");
  }

  @ParameterizedTest
  @MethodSource("specs")
  void resultIsAlignedWithTheRecording(MelSpec spec) throws Exception {
    float[] original = SungPhrase.sing(spec.sampleRate()).samples();
    float[] samples = vocode(melOf(spec), DEFAULT);
    // Envelopes: phases are free, so that waveforms need not agree.
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    double[] a = envelope(original);
    double[] b = envelope(samples);
    for (int lag = -400; lag <= 400; lag += 4) {
      double sum = 0;
      for (int n = 1000; n < Math.min(a.length, b.length) - 1000; n++) {
        sum += a[n] * b[n + lag];
      }
      if (sum > highest) {
        highest = sum;
        best = lag;
      }
    }
    assertTrue(Math.abs(best) <= 40, spec + ": " + best + " samples late");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 63, 64, 129, 1536, 1537, 2600})
  void everyLengthGivesHopTimesFrames(int frames) throws Exception {
    Mel mel = repeated(melOf(MelSpec.NTU), frames);
    GriffinLimOptions quick =
        new GriffinLimOptions(1, 0.99, DEFAULT.start(), DEFAULT.inversion(), true, 0.8, true, 0);
    float[] samples = vocode(mel, quick);
    assertEquals(256 * frames, samples.length);
    for (int n = 0; n < samples.length; n++) {
      assertTrue(Math.abs(samples[n]) < 4, "sample " + n + " is " + samples[n]);
    }
  }

  @Test
  void jointsOfPartsAreNoWorseThanTheRest() throws Exception {
    Mel mel = repeated(melOf(MelSpec.NTU), 4 * GriffinLim.PART_FRAMES);
    float[] samples = vocode(mel, DEFAULT);
    Mel again = new MelExtractor(MelSpec.NTU).extract(new Waveform(samples, 22050));
    List<Double> joints = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    for (int t = 8; t < mel.frames() - 8; t += 8) {
      double difference = 0;
      double total = 1e-9;
      for (int band = 0; band < 80; band++) {
        for (int u = t - 4; u < t + 4; u++) {
          double given = Math.sqrt(mel.at(band, u));
          difference += Math.pow(given - Math.sqrt(again.at(band, u)), 2);
          total += given * given;
        }
      }
      boolean joint = t % GriffinLim.PART_FRAMES < 8 || t % GriffinLim.PART_FRAMES > 1016;
      (joint ? joints : others).add(difference / total);
    }
    others.sort(null);
    double usual = others.get(others.size() * 95 / 100);
    for (double error : joints) {
      assertTrue(error <= usual, "at a joint " + error + ", elsewhere mostly below " + usual);
    }
  }

  @Test
  void sameSamplesWheneverAndInWhateverThread() throws Exception {
    Mel mel = melOf(MelSpec.NTU);
    GriffinLim vocoder = new GriffinLim(MelSpec.NTU, DEFAULT);
    float[] expected = collect(vocoder, mel);
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      Callable<float[]> task = () -> collect(vocoder, mel);
      for (Future<float[]> result : pool.invokeAll(List.of(task, task, task, task))) {
        assertArrayEquals(expected, result.get());
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void silenceStaysSilent() throws Exception {
    float[] samples = vocode(new Mel(new float[80 * 50], 50, MelSpec.NTU), DEFAULT);
    for (float sample : samples) {
      assertEquals(0, sample, 1e-4);
    }
  }

  @Test
  void noTimeIsLongerThanTheMelsFill() throws Exception {
    // Iterating on must not diverge.
    Mel mel = melOf(MelSpec.NTU);
    GriffinLimOptions many =
        new GriffinLimOptions(150, 0.99, DEFAULT.start(), DEFAULT.inversion(), true, 0.8, true, 0);
    double few = energy(vocode(mel, DEFAULT));
    assertEquals(1, energy(vocode(mel, many)) / few, 0.05);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NNLS", "PINV"})
  void classicReconstructionConverges(String inversion) throws Exception {
    Mel mel = melOf(MelSpec.NTU);
    GriffinLimOptions options =
        new GriffinLimOptions(
            30,
            0,
            GriffinLimOptions.Start.RANDOM,
            GriffinLimOptions.Inversion.valueOf(inversion),
            false,
            0,
            false,
            3);
    List<Double> heard = new ArrayList<>();
    GriffinLim vocoder =
        new GriffinLim(MelSpec.NTU, options, (first, iteration, value) -> heard.add(value));
    collect(vocoder, mel);
    assertEquals(31, heard.size());
    for (int i = 2; i < heard.size(); i++) {
      assertTrue(heard.get(i) <= heard.get(i - 1) * 1.0001, "iteration " + i + ": " + heard);
    }
  }

  @Test
  void interruptionEndsTheRun() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> vocode(melOf(MelSpec.NTU), DEFAULT));
  }

  @Test
  void melOfAnotherSpecIsRefused() {
    Mel mel = new Mel(new float[100 * 5], 5, MelSpec.VOCOS24K);
    GriffinLim vocoder = new GriffinLim(MelSpec.NTU, DEFAULT);
    assertThrows(IllegalArgumentException.class, () -> collect(vocoder, mel));
  }

  private static Mel melOf(MelSpec spec) {
    return new MelExtractor(spec).extract(SungPhrase.sing(spec.sampleRate()));
  }

  private static Mel repeated(Mel mel, int frames) {
    float[] values = new float[80 * frames];
    for (int band = 0; band < 80; band++) {
      for (int t = 0; t < frames; t++) {
        values[band * frames + t] = mel.at(band, (t + 100) % mel.frames());
      }
    }
    return new Mel(values, frames, mel.spec());
  }

  private static float[] vocode(Mel mel, GriffinLimOptions options) throws Exception {
    return collect(new GriffinLim(mel.spec(), options), mel);
  }

  private static float[] collect(GriffinLim vocoder, Mel mel) throws Exception {
    float[] samples = new float[mel.spec().hop() * mel.frames()];
    int[] at = {0};
    vocoder.vocode(
        MelSource.of(mel),
        (block, offset, length) -> {
          System.arraycopy(block, offset, samples, at[0], length);
          at[0] += length;
        });
    return Arrays.copyOf(samples, at[0]);
  }

  private static double amplitude(double value, MelSpec spec) {
    double linear =
        switch (spec.log()) {
          case NONE -> value;
          case LN -> Math.exp(value);
          case LOG10 -> Math.pow(10, value);
          case DB -> Math.pow(10, value / 10);
        };
    return spec.spectrum() == MelSpec.Spectrum.POWER ? Math.sqrt(linear) : linear;
  }

  /** Magnitude smoothed over 10 ms, less its mean. */
  private static double[] envelope(float[] samples) {
    double[] envelope = new double[samples.length];
    double state = 0;
    double mean = 0;
    for (int n = 0; n < samples.length; n++) {
      state += (Math.abs(samples[n]) - state) / 220;
      envelope[n] = state;
      mean += state / samples.length;
    }
    for (int n = 0; n < samples.length; n++) {
      envelope[n] -= mean;
    }
    return envelope;
  }

  private static double energy(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += (double) sample * sample;
    }
    return sum;
  }
}
