package org.vocalise.eval.embedding;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSpec;

/**
 * Mean and deviation of each band of a log mel spectrogram over a second: an embedding that needs
 * no network and no download. Distances in it are no Frechet audio distances, which are of VGGish,
 * and are never printed as such. Thread-safe.
 *
 * <p>22050 Hz; powers of 1024-point spectra, periodic Hann, hop 256, 384 zeros before and behind;
 * 32 HTK bands up to 11025 Hz with peaks of 1; ln of at least -80 dB below a sine of full scale.
 * Windows of 86 frames, 0.998 s, without overlap; what is left at the end is dropped, and a
 * recording that is shorter has no window. A vector holds 32 means, then 32 population deviations.
 */
public final class LogMelEmbedding implements Embedding {
  /** Name in options and reports. */
  public static final String NAME = "log-mel";

  private static final int BANDS = 32;
  private static final int FRAMES = 86;

  /** 80 dB below the power of a sine of full scale, which is (1024 / 4)^2. */
  private static final double FLOOR = 65_536e-8;

  private static final MelSpec SPEC =
      new MelSpec(
          22_050,
          1024,
          1024,
          256,
          BANDS,
          0,
          11_025,
          MelSpec.Scale.HTK,
          MelSpec.Norm.NONE,
          MelSpec.Padding.ZERO,
          MelSpec.Spectrum.POWER,
          MelSpec.Log.LN,
          FLOOR);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int sampleRate() {
    return SPEC.sampleRate();
  }

  @Override
  public int dimensions() {
    return 2 * BANDS;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("sample_rate", SPEC.sampleRate());
    settings.put("window_samples", FRAMES * SPEC.hop());
    settings.put("hop_samples", FRAMES * SPEC.hop());
    settings.put("features", "mean and deviation of ln mel power, 32 HTK bands to 11025 Hz");
    settings.put("floor", FLOOR);
    return settings;
  }

  @Override
  public float[] embed(Waveform signal) {
    Mel mel = new MelExtractor(SPEC).extract(Windows.requireRate(signal, this));
    int windows = mel.frames() / FRAMES;
    float[] vectors = new float[windows * dimensions()];
    for (int w = 0; w < windows; w++) {
      for (int band = 0; band < BANDS; band++) {
        double mean = 0;
        for (int t = 0; t < FRAMES; t++) {
          mean += mel.at(band, w * FRAMES + t);
        }
        mean /= FRAMES;
        double squares = 0;
        for (int t = 0; t < FRAMES; t++) {
          double off = mel.at(band, w * FRAMES + t) - mean;
          squares += off * off;
        }
        vectors[w * dimensions() + band] = (float) mean;
        vectors[w * dimensions() + BANDS + band] = (float) Math.sqrt(squares / FRAMES);
      }
    }
    return vectors;
  }
}
