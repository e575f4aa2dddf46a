package org.vocalise.eval.separation;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vocalise.dsp.io.InputException;

/**
 * Several tracks read side by side, references first, then as many estimates, all of one length and
 * number of channels. Row s x channels + c of a block holds channel c of track s. Not thread-safe.
 */
final class TrackBlocks implements Closeable {
  private final List<Track> tracks;
  private final List<Track.Reader> readers = new ArrayList<>();
  private final int channels;
  private float[] interleaved = new float[0];
  private long position;

  /**
   * Opens tracks.
   *
   * @throws InputException if rates or numbers of channels differ
   */
  static TrackBlocks open(List<Track> tracks) throws IOException {
    return new TrackBlocks(tracks);
  }

  private TrackBlocks(List<Track> tracks) throws IOException {
    this.tracks = tracks;
    try {
      for (Track track : tracks) {
        readers.add(track.open());
      }
      Track.Reader first = readers.get(0);
      channels = first.channels();
      for (int i = 1; i < readers.size(); i++) {
        Track.Reader reader = readers.get(i);
        if (reader.channels() != channels || reader.sampleRate() != first.sampleRate()) {
          throw new InputException(
              Path.of(tracks.get(i).name()),
              "%s; %s has %s: make them equal first"
                  .formatted(shape(i), tracks.get(0).name(), shape(0)));
        }
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private String shape(int i) {
    int count = readers.get(i).channels();
    String noun = count == 1 ? "channel" : "channels";
    return "%d %s at %d Hz".formatted(count, noun, readers.get(i).sampleRate());
  }

  /** Channels of a track. */
  int channels() {
    return channels;
  }

  /** Samples per second. */
  int sampleRate() {
    return readers.get(0).sampleRate();
  }

  /** Rows of a block: tracks x channels. */
  int rows() {
    return tracks.size() * channels;
  }

  /**
   * Reads frames until the block is full or the tracks end.
   *
   * @param block {@code [rows]}, written from {@code offset} on
   * @return number of frames
   * @throws InputException if a track ends before another
   */
  int read(float[][] block, int offset, int length) throws IOException {
    if (interleaved.length < length * channels) {
      interleaved = new float[length * channels];
    }
    int frames = -1;
    for (int i = 0; i < readers.size(); i++) {
      int done = 0;
      while (done < length) {
        int count = readers.get(i).read(interleaved, length - done);
        if (count < 0) {
          break;
        }
        deal(block, i, offset + done, count);
        done += count;
      }
      if (i > 0 && done != frames) {
        String shorter = tracks.get(done < frames ? i : 0).name();
        String longer = tracks.get(done < frames ? 0 : i).name();
        long end = position + Math.min(done, frames);
        throw new InputException(
            Path.of(shorter),
            "ends after %d frames and %s does not: pad it".formatted(end, longer));
      }
      frames = done;
    }
    position += frames;
    return frames;
  }

  private void deal(float[][] block, int track, int offset, int count) {
    for (int c = 0; c < channels; c++) {
      float[] row = block[track * channels + c];
      for (int i = 0; i < count; i++) {
        row[offset + i] = interleaved[i * channels + c];
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Track.Reader reader : readers) {
      reader.close();
    }
  }
}
