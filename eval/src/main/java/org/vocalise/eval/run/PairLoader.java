package org.vocalise.eval.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.pitch.PitchTrack;
import org.vocalise.dsp.pitch.PitchTracker;
import org.vocalise.dsp.resample.Resampler;
import org.vocalise.eval.metric.Pair;
import org.vocalise.eval.metric.PitchSource;

/** Reads pairs of files and prepares them as the protocol says. Thread-safe. */
final class PairLoader {
  private final Protocol protocol;
  private final PitchTracker tracker;
  private final Features features;

  PairLoader(Protocol protocol, PitchTracker tracker, Features features) {
    this.protocol = protocol;
    this.tracker = tracker;
    this.features = features;
  }

  /**
   * Reads a pair.
   *
   * @throws InputException if a file is damaged, or its rate can't be converted
   */
  LoadedPair load(PairedFile files) throws IOException {
    Recording reference = read(files.reference());
    Recording synthesis = read(files.synthesis());
    Waveform first = protocol.prepare(reference.signal());
    Waveform second = protocol.prepare(synthesis.signal());
    int length = protocol.length(first.samples().length, second.samples().length);
    Waveform fittedFirst = fitted(first, length);
    Waveform fittedSecond = fitted(second, length);
    Pair pair =
        new Pair(
            files.name(),
            fittedFirst,
            fittedSecond,
            new Track(reference, protocol.tracksWholeReference() ? first : fittedFirst, length),
            new Track(synthesis, fittedSecond, length));
    return new LoadedPair(
        reference, synthesis, first.samples().length, second.samples().length, pair);
  }

  /** Reads one file of a pair. */
  Recording read(Path file) throws IOException {
    Recording recording = Recording.read(file);
    int rate = recording.signal().sampleRate();
    if (rate < Resampler.LOWEST_RATE || rate > Resampler.HIGHEST_RATE) {
      throw new InputException(
          file,
          "has %d Hz, and only %d to %d Hz can be resampled"
              .formatted(rate, Resampler.LOWEST_RATE, Resampler.HIGHEST_RATE));
    }
    return recording;
  }

  private static Waveform fitted(Waveform signal, int length) {
    return signal.samples().length == length
        ? signal
        : new Waveform(Arrays.copyOf(signal.samples(), length), signal.sampleRate());
  }

  /** The track of one side, found when it is first asked for. */
  private final class Track implements PitchSource {
    private final Recording recording;
    private final Waveform signal;
    private final int length;
    private @Nullable PitchTrack track;

    /** Of a signal, as far as the pair is compared. */
    Track(Recording recording, Waveform signal, int length) {
      this.recording = recording;
      this.signal = signal;
      this.length = length;
    }

    @Override
    public synchronized PitchTrack track() throws IOException, InterruptedException {
      if (track == null) {
        track = cut(features.track(tracker, recording, signal));
      }
      return track;
    }

    private PitchTrack cut(PitchTrack whole) {
      double seconds = length / (double) signal.sampleRate();
      int frames = 1 + (int) (seconds / whole.hopSeconds());
      return signal.samples().length <= length || whole.frames() <= frames
          ? whole
          : new PitchTrack(
              Arrays.copyOf(whole.hz(), frames),
              Arrays.copyOf(whole.confidence(), frames),
              whole.hopSeconds());
    }
  }
}
