package org.vocalise.dsp.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.audio.WaveformSource;
import org.vocalise.dsp.pitch.PitchTrack;

/**
 * A pitch track over the spectrogram of its recording, up to 2000 Hz: solid where the tracker is
 * confident, faint elsewhere. Thread-safe.
 */
public final class PitchPicture {
  /** From this confidence on the track is drawn solid. */
  public static final double CONFIDENT = 0.6;

  private static final double HIGHEST = 2000;
  private static final int WIDE = 960;
  private static final int SOLID = 0xff3fa4;
  private static final int FAINT = 0x9a86b8;

  private PitchPicture() {}

  /** A picture of a recording of any rate and length, and its track. */
  public static BufferedImage of(Waveform signal, PitchTrack track, String title) {
    SpectrogramColumns columns = spectrogram(signal);
    PanelPainter painter =
        new PanelPainter(
            PanelPainter.width(WIDE) + PanelPainter.BAR_WIDTH, Lettering.best(), columns, WIDE);
    float[] levels = SpectrogramDifference.levels(columns, columns.largestPower());
    painter.panel(0, levels, ColourMap.LEVEL, title);
    painter.bar(
        PanelPainter.width(WIDE), ColourMap.LEVEL, -SpectrogramDifference.RANGE_DECIBELS, 0);
    for (int t = 0; t < track.frames(); t++) {
      if (track.hz()[t] > 0 && track.hz()[t] <= HIGHEST) {
        boolean confident = track.confidence()[t] > CONFIDENT;
        painter.dot(
            0, t * track.hopSeconds(), track.hz()[t], confident ? 3 : 1, confident ? SOLID : FAINT);
      }
    }
    return painter.image();
  }

  private static SpectrogramColumns spectrogram(Waveform signal) {
    AudioFrames frames = new AudioFrames(signal.sampleRate());
    double[] all = frames.hertz();
    int rows = 1;
    while (rows < all.length && all[rows] <= HIGHEST) {
      rows++;
    }
    long count = frames.frames(Math.max(1, signal.samples().length));
    SpectrogramColumns columns =
        new SpectrogramColumns(Arrays.copyOf(all, rows), frames.framesPerSecond(), count);
    try {
      // One frame at a time: its lowest rows come first.
      frames.draw(new WaveformSource(signal), count, columns);
    } catch (IOException e) {
      throw new AssertionError("memory can be read", e);
    }
    return columns;
  }
}
