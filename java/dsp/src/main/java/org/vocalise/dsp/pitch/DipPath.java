package org.vocalise.dsp.pitch;

/**
 * Collects the dips of YIN's difference function frame by frame and finds the path of least cost
 * through them. A frame without dips starts a new path. Not thread-safe.
 */
final class DipPath {
  /** The cheapest dips of a frame that are kept. */
  private static final int WIDTH = 12;

  /** Of twice the period: a dip must be this much deeper to be preferred. */
  private static final double OCTAVE_COST = 0.03;

  /** Of a jump by an octave. */
  private static final double JUMP_COST = 0.8;

  private static final double LN2 = StrictMath.log(2);

  private final float[] hz;
  private final float[] depth;
  private final byte[] from;
  private final byte[] counts;
  private final double[] dipHz = new double[WIDTH];
  private final double[] dipDepth = new double[WIDTH];
  private final double[] dipCost = new double[WIDTH];
  private final double[] octave = new double[WIDTH];
  private final double[] previousOctave = new double[WIDTH];
  private final double[] cost = new double[WIDTH];
  private final double[] previousCost = new double[WIDTH];
  private final DipRefinement refinement = new DipRefinement();
  private int dips;
  private int previousDips;
  private int frame;

  DipPath(int frames) {
    hz = new float[Math.multiplyExact(frames, WIDTH)];
    depth = new float[frames * WIDTH];
    from = new byte[frames * WIDTH];
    counts = new byte[frames];
  }

  /** Adds the dips of an analysed frame; a frame that has none gets its lowest place. */
  void addDips(Yin yin) {
    int lowest = yin.shortest();
    for (int lag = yin.shortest(); lag <= yin.longest(); lag++) {
      double here = yin.normalised(lag);
      lowest = here < yin.normalised(lowest) ? lag : lowest;
      if (here < yin.normalised(lag - 1) && here <= yin.normalised(lag + 1)) {
        addDip(yin, lag);
      }
    }
    if (dips == 0) {
      addDip(yin, lowest);
    }
  }

  private void addDip(Yin yin, int lag) {
    refinement.find(yin.difference(), lag);
    double plain = yin.difference()[lag];
    double normalisation = plain > 0 ? yin.normalised(lag) / plain : 0;
    insert(yin.sampleRate() / refinement.lag(), normalisation * refinement.value());
  }

  /** Keeps the cheapest dips, in ascending order of cost. */
  private void insert(double frequency, double value) {
    double ownOctave = StrictMath.log(frequency) / LN2;
    double ownCost = Math.min(1, value) - OCTAVE_COST * ownOctave;
    int at = dips;
    while (at > 0 && dipCost[at - 1] > ownCost) {
      at--;
    }
    if (at == WIDTH) {
      return;
    }
    dips = Math.min(WIDTH, dips + 1);
    for (int i = dips - 1; i > at; i--) {
      dipHz[i] = dipHz[i - 1];
      dipDepth[i] = dipDepth[i - 1];
      dipCost[i] = dipCost[i - 1];
      octave[i] = octave[i - 1];
    }
    dipHz[at] = frequency;
    dipDepth[at] = value;
    dipCost[at] = ownCost;
    octave[at] = ownOctave;
  }

  /** Ends a frame: each of its dips is joined to the cheapest way to it. */
  void endFrame() {
    for (int i = 0; i < dips; i++) {
      int best = 0;
      double least = previousDips == 0 ? 0 : Double.POSITIVE_INFINITY;
      for (int j = 0; j < previousDips; j++) {
        double way = previousCost[j] + JUMP_COST * Math.abs(octave[i] - previousOctave[j]);
        if (way < least) {
          least = way;
          best = j;
        }
      }
      cost[i] = least + dipCost[i];
      int place = frame * WIDTH + i;
      hz[place] = (float) dipHz[i];
      depth[place] = (float) dipDepth[i];
      from[place] = (byte) best;
    }
    System.arraycopy(octave, 0, previousOctave, 0, dips);
    System.arraycopy(cost, 0, previousCost, 0, dips);
    // The end of a run must be known when its path is traced back.
    if (dips == 0 && previousDips > 0) {
      ends(frame - 1);
    }
    counts[frame] = (byte) dips;
    previousDips = dips;
    dips = 0;
    frame++;
  }

  /** Moves the cheapest dip of a run's last frame to the front. */
  private void ends(int last) {
    int best = 0;
    for (int i = 1; i < previousDips; i++) {
      best = previousCost[i] < previousCost[best] ? i : best;
    }
    int place = last * WIDTH;
    hz[place] = hz[place + best];
    depth[place] = depth[place + best];
    from[place] = from[place + best];
  }

  /** The track of the path of least cost through all frames. */
  PitchTrack track(double hopSeconds) {
    if (previousDips > 0) {
      ends(frame - 1);
    }
    double[] track = new double[frame];
    double[] confidence = new double[frame];
    int dip = 0;
    for (int t = frame - 1; t >= 0; t--) {
      if (counts[t] == 0) {
        dip = 0;
        continue;
      }
      int place = t * WIDTH + dip;
      track[t] = hz[place];
      confidence[t] = 1 - Math.min(1, depth[place]);
      dip = from[place];
    }
    return new PitchTrack(track, confidence, hopSeconds);
  }
}
