package org.vocalise.dsp.phase;

import java.util.Arrays;
import org.vocalise.dsp.mel.MelFilterbank;
import org.vocalise.dsp.mel.MelSpec;

/** Gives estimated magnitudes what the estimate can't know. Immutable. */
final class EstimatedMagnitudes {
  private static final double TEXTURE_FROM_HZ = 1000;
  private static final float SMALLEST = 1e-9f;

  private final LogEnvelope envelope;
  private final float fill;
  private final float texture;
  private final long seed;
  private final int bins;
  private final int textureFrom;

  EstimatedMagnitudes(MelSpec spec, MagnitudeOptions options) {
    envelope = new LogEnvelope(spec, new MelFilterbank(spec));
    fill = (float) options.fill();
    texture = (float) options.texture();
    seed = options.phases().seed() + 1;
    bins = spec.bins();
    textureFrom = (int) (TEXTURE_FROM_HZ * spec.nFft() / spec.sampleRate());
  }

  /**
   * Fills the band above the mel, and roughens what is noise.
   *
   * @param mel linear values {@code [bands][frames]}
   * @param magnitudes {@code [bins][frames]}, modified
   * @param firstFrame number of the first frame in the whole signal
   */
  void complete(float[] mel, float[] magnitudes, int frames, long firstFrame) {
    if (fill == 0 && texture == 0) {
      return;
    }
    float[] logs = logs(magnitudes);
    float[] level = fill == 0 ? logs : envelope.of(mel, frames, true);
    int bandEnd = envelope.bandEnd();
    int first = Math.min(textureFrom, bandEnd);
    NoiseShare noiseShare = new NoiseShare(logs, frames, first, 1, bandEnd - 1);
    float[] shares = new float[frames];
    for (int k = first; k < bins; k++) {
      float move = k < bandEnd ? 0 : fill;
      float roughness = k < textureFrom ? 0 : texture;
      if (k < bandEnd) {
        noiseShare.next(shares);
      } else {
        Arrays.fill(shares, 1);
      }
      for (int t = 0; t < frames; t++) {
        int i = k * frames + t;
        float moved = move == 0 ? logs[i] : logs[i] + move * (level[i] - logs[i]);
        float noise = Texture.logRayleigh(seed, k, firstFrame + t);
        magnitudes[i] = Elementary.exp(moved + roughness * shares[t] * noise);
      }
    }
  }

  private static float[] logs(float[] magnitudes) {
    float[] logs = new float[magnitudes.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Elementary.log(Math.max(magnitudes[i], SMALLEST));
    }
    return logs;
  }
}
