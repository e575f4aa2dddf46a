package org.vocalise.dsp.phase;

import org.vocalise.dsp.mel.MelFilterbank;
import org.vocalise.dsp.mel.MelSpec;

/** Gives estimated magnitudes what the estimate can't know. Immutable. */
final class EstimatedMagnitudes {
  private static final double TEXTURE_FROM_HZ = 3000;
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
   * Fills the band above the mel and roughens the upper one.
   *
   * @param mel linear values {@code [bands][frames]}
   * @param magnitudes {@code [bins][frames]}, modified
   * @param firstFrame number of the first frame in the whole signal
   */
  void complete(float[] mel, float[] magnitudes, int frames, long firstFrame) {
    if (fill == 0 && texture == 0) {
      return;
    }
    float[] level = fill == 0 ? magnitudes : envelope.of(mel, frames, true);
    for (int k = Math.min(textureFrom, envelope.bandEnd()); k < bins; k++) {
      float move = k < envelope.bandEnd() ? 0 : fill;
      float roughness = k < textureFrom ? 0 : texture;
      for (int t = 0; t < frames; t++) {
        int i = k * frames + t;
        float log = Elementary.log(Math.max(magnitudes[i], SMALLEST));
        float moved = move == 0 ? log : log + move * (level[i] - log);
        float noise = Texture.logRayleigh(seed, k, firstFrame + t);
        magnitudes[i] = Elementary.exp(moved + roughness * noise);
      }
    }
  }
}
