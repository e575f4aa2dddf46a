package org.vocalise.eval.separation;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.vocalise.dsp.audio.AudioFileSource;
import org.vocalise.dsp.audio.AudioFiles;

/** A recording of one or more channels that can be read from its beginning several times. */
public interface Track {
  /** What messages call it: a file's path, for instance. */
  String name();

  /** Begins to read. */
  Reader open() throws IOException;

  /** A recording being read in blocks. Not thread-safe. */
  interface Reader extends Closeable {
    /** Number of channels. */
    int channels();

    /** Samples per second of a channel. */
    int sampleRate();

    /**
     * Reads the next frames.
     *
     * @param interleaved receives {@code length x channels} samples at most
     * @return number of frames, at least 1; or -1 at the end
     */
    int read(float[] interleaved, int length) throws IOException;
  }

  /** A WAV or FLAC file. */
  static Track of(Path file) {
    return new Track() {
      @Override
      public String name() {
        return file.toString();
      }

      @Override
      public Reader open() throws IOException {
        return new FileReader(AudioFiles.open(file));
      }
    };
  }

  /**
   * Channels in memory.
   *
   * @param channels of one length, not copied
   */
  static Track of(String name, int sampleRate, List<float[]> channels) {
    return new Track() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Reader open() {
        return new MemoryReader(sampleRate, channels);
      }
    };
  }

  /** Reads a file. */
  final class FileReader implements Reader {
    private final AudioFileSource source;

    private FileReader(AudioFileSource source) {
      this.source = source;
    }

    @Override
    public int channels() {
      return source.channels();
    }

    @Override
    public int sampleRate() {
      return source.sampleRate();
    }

    @Override
    public int read(float[] interleaved, int length) throws IOException {
      return source.readInterleaved(interleaved, 0, length);
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }

  /** Reads arrays. */
  final class MemoryReader implements Reader {
    private final int sampleRate;
    private final List<float[]> channels;
    private int position;

    private MemoryReader(int sampleRate, List<float[]> channels) {
      this.sampleRate = sampleRate;
      this.channels = channels;
    }

    @Override
    public int channels() {
      return channels.size();
    }

    @Override
    public int sampleRate() {
      return sampleRate;
    }

    @Override
    public int read(float[] interleaved, int length) {
      int count = Math.min(length, channels.get(0).length - position);
      for (int c = 0; c < channels.size(); c++) {
        for (int i = 0; i < count; i++) {
          interleaved[i * channels.size() + c] = channels.get(c)[position + i];
        }
      }
      position += count;
      return count > 0 ? count : -1;
    }

    @Override
    public void close() {}
  }
}
