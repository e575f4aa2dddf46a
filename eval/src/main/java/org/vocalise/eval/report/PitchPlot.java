package org.vocalise.eval.report;

import org.vocalise.dsp.pitch.PitchTrack;

/** Pitch of a reference and of a synthesis, one laid over the other, on a scale of notes. */
final class PitchPlot {
  /** Frames are drawn above this confidence, which is what the F0 metrics take as voiced. */
  static final double VOICED = 0.6;

  private static final double WIDTH = 360;
  private static final double HEIGHT = 196;
  private static final double LEFT = 30;
  private static final double TOP = 6;
  private static final double RIGHT = 6;
  private static final double BOTTOM = 20;
  private static final int LEAST_SEMITONES = 7;
  private static final int MOST_TICKS = 7;
  private static final String[] NOTES = {
    "C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"
  };
  private static final int[] STEPS = {1, 2, 3, 6, 12};

  private final double seconds;
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;

  private PitchPlot(double seconds) {
    this.seconds = seconds;
  }

  /** Draws the beginnings of two tracks. */
  static void write(Html html, PitchTrack reference, PitchTrack synthesis, double seconds) {
    PitchPlot plot = new PitchPlot(seconds);
    plot.include(reference);
    plot.include(synthesis);
    html.open("figure").open("figcaption").text("Pitch: ");
    html.leaf("span", "reference", "class", "key reference").text(", ");
    html.leaf("span", "synthesis", "class", "key synthesis").close();
    if (plot.lowest > plot.highest) {
      html.leaf("p", "No pitch was found in either.", "class", "quiet").close();
      return;
    }
    plot.widen();
    Svg.begin(html, "plot", WIDTH, HEIGHT, "Pitch of reference and synthesis over time, in notes");
    plot.axes(html);
    plot.curve(html, "reference", reference);
    plot.curve(html, "synthesis", synthesis);
    html.close().close().line();
  }

  private void include(PitchTrack track) {
    for (int i = 0; i < frames(track); i++) {
      if (voiced(track, i)) {
        lowest = Math.min(lowest, midi(track.hz()[i]));
        highest = Math.max(highest, midi(track.hz()[i]));
      }
    }
  }

  private void widen() {
    double missing = Math.max(2, LEAST_SEMITONES - (highest - lowest));
    lowest -= missing / 2;
    highest += missing / 2;
  }

  private int frames(PitchTrack track) {
    return (int) Math.min(track.frames(), Math.ceil(seconds / track.hopSeconds()));
  }

  private static boolean voiced(PitchTrack track, int frame) {
    double hz = track.hz()[frame];
    return hz > 0 && hz < Double.POSITIVE_INFINITY && track.confidence()[frame] > VOICED;
  }

  private static double midi(double hz) {
    return 69 + 12 * StrictMath.log(hz / 440) / StrictMath.log(2);
  }

  private double x(double time) {
    return LEFT + time / seconds * (WIDTH - LEFT - RIGHT);
  }

  private double y(double midi) {
    return TOP + (highest - midi) / (highest - lowest) * (HEIGHT - TOP - BOTTOM);
  }

  private void axes(Html html) {
    int step = STEPS[STEPS.length - 1];
    for (int i = STEPS.length - 1; i >= 0; i--) {
      step = (highest - lowest) / STEPS[i] <= MOST_TICKS ? STEPS[i] : step;
    }
    int first = (int) Math.ceil(lowest / step) * step;
    for (int midi = first; midi <= highest; midi += step) {
      Svg.line(html, "grid", LEFT, y(midi), WIDTH - RIGHT, y(midi));
      String note = NOTES[Math.floorMod(midi, 12)] + (Math.floorDiv(midi, 12) - 1);
      Svg.label(html, note, LEFT - 5, y(midi) + 4, "end");
    }
    double bottom = HEIGHT - BOTTOM;
    Svg.line(html, "tick", LEFT, bottom, WIDTH - RIGHT, bottom);
    Svg.seconds(html, seconds, LEFT, WIDTH - LEFT - RIGHT, bottom, "s");
  }

  private void curve(Html html, String shape, PitchTrack track) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < frames(track); i++) {
      if (!voiced(track, i)) {
        drawing = false;
        continue;
      }
      path.append(drawing ? "L" : "M").append(Svg.at(x(i * track.hopSeconds())));
      path.append(' ').append(Svg.at(y(midi(track.hz()[i]))));
      // A frame alone is a line without length, drawn as a dot.
      path.append(drawing ? "" : "h0");
      drawing = true;
    }
    html.open("path", "class", "curve " + shape, "d", path.toString()).close();
  }
}
