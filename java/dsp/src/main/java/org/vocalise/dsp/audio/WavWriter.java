package org.vocalise.dsp.audio;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.vocalise.dsp.io.OutputFiles;

/**
 * Writes a mono WAV file of any length in bounded memory. The sizes in the header are filled in by
 * {@link #close()}; a file of 4 GiB or more then becomes an RF64 file (EBU Tech 3306), for which
 * its samples are moved up by the 36 bytes that this takes. Not thread-safe.
 */
public final class WavWriter implements Closeable {
  private static final int BLOCK = 1 << 16;
  private static final long LARGEST = 0xFFFF_FFFFL;
  private static final int DS64_SIZE = 28;

  private final Path file;
  private final FileChannel channel;
  private final int sampleRate;
  private final WavFormat format;
  private final long largest;
  private final ByteBuffer buffer = littleEndian(BLOCK);
  private long samples;
  private long clipped;

  /**
   * Creates the file, or empties it.
   *
   * @param sampleRate Hz, positive
   */
  public WavWriter(Path file, int sampleRate, WavFormat format) throws IOException {
    this(file, sampleRate, format, LARGEST);
  }

  /** For tests: a file with a RIFF size above {@code largest} becomes RF64. */
  WavWriter(Path file, int sampleRate, WavFormat format, long largest) throws IOException {
    if (sampleRate <= 0) {
      throw new IllegalArgumentException("sampleRate " + sampleRate + " is not positive");
    }
    this.sampleRate = sampleRate;
    this.format = format;
    this.largest = largest;
    this.file = file;
    channel = OutputFiles.open(file);
    buffer.put(header(false));
  }

  private static ByteBuffer littleEndian(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Appends samples. For PCM16 they are multiplied by 32768, rounded to the nearest integer (ties
   * to even) and clamped to [-32768, 32767]; what was clamped is counted.
   *
   * @throws IllegalArgumentException if a sample is NaN or infinite; it names its place in the file
   */
  public void write(float[] values, int offset, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      float value = values[offset + i];
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("sample " + samples + " is " + value);
      }
      if (buffer.remaining() < format.size) {
        flush();
      }
      if (format == WavFormat.PCM16) {
        buffer.putShort(pcm16(value));
      } else {
        buffer.putFloat(value);
      }
      samples++;
    }
  }

  private short pcm16(float value) {
    double rounded = Math.rint(value * 32768.0);
    if (rounded > Short.MAX_VALUE) {
      clipped++;
      return Short.MAX_VALUE;
    }
    if (rounded < Short.MIN_VALUE) {
      clipped++;
      return Short.MIN_VALUE;
    }
    return (short) rounded;
  }

  /** Number of samples written. */
  public long samples() {
    return samples;
  }

  /** Number of samples that did not fit into 16 bits and were clamped. */
  public long clipped() {
    return clipped;
  }

  private void flush() throws IOException {
    buffer.flip();
    OutputFiles.write(channel, buffer, file);
    buffer.clear();
  }

  /** Completes the header. */
  @Override
  public void close() throws IOException {
    try (channel) {
      if (channel.isOpen()) {
        flush();
        boolean large = channel.size() - 8 > largest;
        if (large) {
          moveSamples(header(false).remaining(), 8 + DS64_SIZE);
        }
        ByteBuffer header = header(large);
        long at = 0;
        while (header.hasRemaining()) {
          at += channel.write(header, at);
        }
      }
    }
  }

  private ByteBuffer header(boolean large) {
    long dataSize = samples * format.size;
    boolean isFloat = format == WavFormat.FLOAT32;
    // Formats other than PCM have an extension, here empty, and a count of samples.
    int fmtSize = isFloat ? 18 : 16;
    int length = 12 + (large ? 8 + DS64_SIZE : 0) + 8 + fmtSize + (isFloat ? 12 : 0) + 8;
    ByteBuffer header = littleEndian(length);
    put(header, large ? "RF64" : "RIFF", large ? LARGEST : length - 8 + dataSize);
    header.put("WAVE".getBytes(StandardCharsets.US_ASCII));
    if (large) {
      put(header, "ds64", DS64_SIZE);
      header.putLong(length - 8 + dataSize).putLong(dataSize).putLong(samples).putInt(0);
    }
    put(header, "fmt ", fmtSize);
    header.putShort((short) (isFloat ? 3 : 1)).putShort((short) 1).putInt(sampleRate);
    header.putInt((int) Math.min(Integer.MAX_VALUE, (long) sampleRate * format.size));
    header.putShort((short) format.size).putShort((short) (8 * format.size));
    if (isFloat) {
      header.putShort((short) 0);
      put(header, "fact", 4);
      header.putInt((int) Math.min(LARGEST, samples));
    }
    put(header, "data", large ? LARGEST : dataSize);
    return header.flip();
  }

  private static void put(ByteBuffer header, String id, long size) {
    header.put(id.getBytes(StandardCharsets.US_ASCII)).putInt((int) size);
  }

  /** Moves what stands behind {@code from} towards the end, its last block first. */
  private void moveSamples(long from, int distance) throws IOException {
    long end = channel.size();
    while (end > from) {
      long start = Math.max(from, end - BLOCK);
      buffer.clear().limit((int) (end - start));
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, start + buffer.position()) < 0) {
          throw new IOException("the file became shorter while it was written");
        }
      }
      buffer.flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer, start + distance + buffer.position());
      }
      end = start;
    }
  }
}
