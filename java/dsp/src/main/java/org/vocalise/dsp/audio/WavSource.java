package org.vocalise.dsp.audio;

import java.io.IOException;
import java.util.List;

/**
 * The samples of a WAV, RF64 or BW64 file: PCM of 8 (unsigned), 16, 24 or 32 bits, float of 32 or
 * 64. A file shorter than it declares is read as far as whole frames go, with a warning. Not
 * thread-safe.
 */
public final class WavSource implements AudioFileSource {
  private static final int BLOCK = 4096;

  private final BlockInput input;
  private final WavHeader header;
  private final int frameSize;
  private final float[] interleaved;
  private final boolean firstChannel;
  private final long start;
  private boolean ended;
  private List<String> warnings = List.of();

  /**
   * Reads the header.
   *
   * @param firstChannel whether the first channel alone is read, in place of the mean of all
   */
  WavSource(BlockInput input, boolean firstChannel) throws IOException {
    this.input = input;
    this.firstChannel = firstChannel;
    header = WavHeader.read(input);
    start = input.offset();
    frameSize = header.channels() * header.format().size;
    interleaved = new float[header.channels() == 1 ? 0 : BLOCK * header.channels()];
  }

  @Override
  public int sampleRate() {
    return header.sampleRate();
  }

  @Override
  public int channels() {
    return header.channels();
  }

  @Override
  public String encoding() {
    int channels = header.channels();
    return header.format().text + ", " + channels + (channels == 1 ? " channel" : " channels");
  }

  @Override
  public int read(float[] target, int offset, int length) throws IOException {
    if (header.channels() == 1) {
      return readInterleaved(target, offset, length);
    }
    int frames = readInterleaved(interleaved, 0, Math.min(length, BLOCK));
    for (int i = 0; i < frames && firstChannel; i++) {
      target[offset + i] = interleaved[i * header.channels()];
    }
    if (frames > 0 && !firstChannel) {
      ChannelMean.ofInterleaved(interleaved, header.channels(), target, offset, frames);
    }
    return frames;
  }

  @Override
  public int readInterleaved(float[] target, int offset, int length) throws IOException {
    long dataSize = header.dataSize();
    long done = input.offset() - start;
    long left = dataSize == WavHeader.UNKNOWN_SIZE ? Long.MAX_VALUE : dataSize - done;
    if (length <= 0 || ended) {
      return ended ? -1 : 0;
    }
    if (left < frameSize || !input.ensure(frameSize)) {
      ended = true;
      warnings = warningsAtEnd(left);
      return -1;
    }
    long bytes = Math.min(left, input.available());
    int frames = (int) Math.min(Math.min(length, BLOCK), bytes / frameSize);
    decode(target, offset, frames * header.channels());
    input.position += frames * frameSize;
    return frames;
  }

  private void decode(float[] target, int offset, int count) throws IOException {
    SampleFormat format = header.format();
    int bad = format.decode(input.bytes, input.position, target, offset, count);
    if (bad >= 0) {
      long sample = (input.offset() - start) / frameSize + bad / header.channels();
      float value = target[offset + bad];
      String what = Float.isNaN(value) ? "not a number" : "infinite, or beyond 32-bit float";
      String reason = "sample " + sample + " is " + what + "; write the file again without it";
      throw input.error(input.offset() + (long) bad * format.size, reason);
    }
  }

  private List<String> warningsAtEnd(long left) throws IOException {
    input.ensure(frameSize);
    long rest = Math.min(left, input.available());
    long found = input.offset() - start + rest;
    if (header.dataSize() != WavHeader.UNKNOWN_SIZE && left > rest) {
      String declared = input.file + ": declares " + header.dataSize() + " bytes of samples";
      return List.of(declared + " and holds " + found + "; what is there was read");
    }
    if (rest > 0) {
      String cut = input.file + ": its " + found + " bytes of samples end inside a frame of ";
      return List.of(cut + frameSize + " bytes; the last " + rest + " were left out");
    }
    return List.of();
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
