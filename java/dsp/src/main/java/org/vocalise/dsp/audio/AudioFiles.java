package org.vocalise.dsp.audio;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.io.InputFiles;

/** Opens audio files; what a file is follows from its content, never from its name. */
public final class AudioFiles {
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private AudioFiles() {}

  /**
   * Opens a WAV, RF64 or FLAC file as a stream of bounded memory.
   *
   * @throws InputException if the file is none of these or its header is damaged; the message names
   *     the format that it seems to have, and a cure
   */
  public static AudioFileSource open(Path file) throws IOException {
    return open(file, false);
  }

  /**
   * Opens a file as {@link #open(Path)} does; of several channels, the first alone is read.
   *
   * @throws InputException as {@link #open(Path)} does
   */
  public static AudioFileSource openFirstChannel(Path file) throws IOException {
    return open(file, true);
  }

  private static AudioFileSource open(Path file, boolean firstChannel) throws IOException {
    FileChannel channel = InputFiles.open(file);
    try {
      BlockInput input = new BlockInput(file, channel);
      input.ensure(AudioSignature.LENGTH);
      AudioSignature signature = AudioSignature.of(input);
      return switch (signature) {
        case WAV -> new WavSource(input, firstChannel);
        case FLAC -> new FlacSource(input, firstChannel);
        default -> throw new InputException(file, signature.refusal());
      };
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Reads a whole file. Memory follows what was really read, not what the header declares.
   *
   * @throws InputException if the file is damaged or longer than an array of 2^31 samples
   */
  public static Waveform read(Path file) throws IOException {
    try (AudioFileSource source = open(file)) {
      return read(source, file);
    }
  }

  /**
   * Reads the rest of a source.
   *
   * @param file for the message where the signal is longer than an array
   */
  public static Waveform read(AudioSource source, Path file) throws IOException {
    float[] samples = new float[1 << 16];
    int length = 0;
    while (true) {
      int read = source.read(samples, length, samples.length - length);
      if (read < 0) {
        return new Waveform(Arrays.copyOf(samples, length), source.sampleRate());
      }
      length += read;
      if (length == LONGEST) {
        throw new InputException(file, "longer than 2^31 samples; cut it into parts");
      }
      if (length == samples.length) {
        samples = Arrays.copyOf(samples, (int) Math.min(LONGEST, 2L * length));
      }
    }
  }
}
