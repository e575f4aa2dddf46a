package org.vocalise.dsp.pitch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vocalise.dsp.audio.Waveform;

/*
 * YIN proper takes the first dip of the normalised difference below a threshold, frame by frame.
 * Here all dips are candidates and a Viterbi path through them chooses (as in Boersma 1993 and in
 * pYIN): a dip costs its depth's absence and a little per octave of period, since a multiple of the
 * period is as deep as the period itself; a jump costs by its size.
 */

/**
 * The default pitch tracker: YIN's difference function (de Cheveigne and Kawahara 2002) with an
 * energy gate at -70 dBFS and a path of least cost through its dips. Frame t is centred on t x 10
 * ms. A gated frame has 0 Hz and confidence 0; every other frame has a frequency of 50 to 2100 Hz,
 * and as confidence 1 less the normalised difference: near 1 for a clean tone, below 0.5 for noise.
 * Needs 100 bytes a frame while it works. Thread-safe.
 */
public final class YinTracker implements PitchTracker {
  /** Time from frame to frame, seconds. */
  public static final double HOP_SECONDS = 0.01;

  private static final long FRAMES_PER_SECOND = 100;

  /**
   * What is compared at a short lag lies early in a span that has room for the longest one. Frames
   * are shifted so that this pitch is centred on their time; 2000 Hz is then 1.4 ms early, 100 Hz
   * 3.3 ms late.
   */
  private static final double CENTRED = 300;

  private static final double LOWEST = 50;
  private static final double HIGHEST = 2100;

  private final int sampleRate;
  private final double highest;

  /** Prepares for signals of one sample rate, at least 1000. */
  public YinTracker(int sampleRate) {
    if (sampleRate < 1000) {
      throw new IllegalArgumentException("sampleRate " + sampleRate + " is below 1000");
    }
    this.sampleRate = sampleRate;
    highest = Math.min(HIGHEST, sampleRate / 4.0);
  }

  @Override
  public int sampleRate() {
    return sampleRate;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("tracker", "yin");
    settings.put("sample_rate", sampleRate);
    settings.put("hop_seconds", HOP_SECONDS);
    settings.put("fmin", LOWEST);
    settings.put("fmax", highest);
    settings.put("gate_dbfs", -70);
    settings.put("confidence", "1 - normalised difference");
    settings.put("path", "viterbi over dips");
    return settings;
  }

  @Override
  public PitchTrack track(Waveform signal) throws InterruptedException {
    if (signal.sampleRate() != sampleRate) {
      throw new IllegalArgumentException(
          "the tracker takes " + sampleRate + " Hz, not " + signal.sampleRate() + ": resample");
    }
    float[] samples = signal.samples();
    int frames = 1 + (int) (samples.length * FRAMES_PER_SECOND / sampleRate);
    Yin yin = new Yin(sampleRate, LOWEST, highest);
    DipPath path = new DipPath(frames);
    int late = (yin.longest() - (int) (sampleRate / CENTRED)) / 2;
    for (int t = 0; t < frames; t++) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      int centre = (int) (t * (long) sampleRate / FRAMES_PER_SECOND);
      if (yin.analyse(samples, samples.length, centre + late)) {
        path.addDips(yin);
      }
      path.endFrame();
    }
    return path.track(HOP_SECONDS);
  }
}
