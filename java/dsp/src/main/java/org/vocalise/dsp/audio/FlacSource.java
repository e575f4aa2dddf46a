package org.vocalise.dsp.audio;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The samples of a FLAC file (RFC 9639). Every frame is checked against its checksum before its
 * samples are passed on, the whole against the file's MD5 sum at the end. Not thread-safe.
 */
public final class FlacSource implements AudioFileSource {
  private static final int MD5_FRAMES = 4096;

  private final BlockInput input;
  private final FlacStreamInfo info;
  private final FlacBits bits;
  private final FlacSubframe subframe;
  private final MessageDigest md5;
  private final int bytesPerSample;
  private final byte[] packed;
  private final boolean firstChannel;
  private final List<String> warnings = new ArrayList<>();

  private long[][] channels;
  private float[] mono = new float[0];
  private int monoPosition;
  private int monoLength;
  private long decoded;
  private boolean ended;

  /**
   * Reads the header.
   *
   * @param firstChannel whether the first channel alone is read, in place of the mean of all
   */
  FlacSource(BlockInput input, boolean firstChannel) throws IOException {
    this.input = input;
    this.firstChannel = firstChannel;
    info = FlacStreamInfo.read(input);
    bits = new FlacBits(input);
    subframe = new FlacSubframe(bits);
    md5 = newMd5();
    bytesPerSample = (info.bits() + 7) / 8;
    packed = new byte[MD5_FRAMES * info.channels() * bytesPerSample];
    channels = new long[info.channels()][0];
  }

  private static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java runtime has MD5", e);
    }
  }

  @Override
  public int sampleRate() {
    return info.sampleRate();
  }

  @Override
  public int channels() {
    return info.channels();
  }

  @Override
  public String encoding() {
    int count = info.channels();
    return "FLAC " + info.bits() + " bit, " + count + (count == 1 ? " channel" : " channels");
  }

  @Override
  public int read(float[] target, int offset, int length) throws IOException {
    if (monoPosition == monoLength && !decodeFrame()) {
      return -1;
    }
    int count = Math.min(length, monoLength - monoPosition);
    System.arraycopy(mono, monoPosition, target, offset, count);
    monoPosition += count;
    return count;
  }

  @Override
  public int readInterleaved(float[] target, int offset, int length) throws IOException {
    if (monoPosition == monoLength && !decodeFrame()) {
      return -1;
    }
    int count = Math.min(length, monoLength - monoPosition);
    FlacMix.interleave(channels, info.bits(), monoPosition, target, offset, count);
    monoPosition += count;
    return count;
  }

  private boolean decodeFrame() throws IOException {
    if (ended) {
      return false;
    }
    input.ensure(FlacFrameHeader.LONGEST);
    if (!FlacFrameHeader.isAt(input)) {
      finish();
      ended = true;
      return false;
    }
    long start = input.offset();
    FlacFrameHeader header = FlacFrameHeader.read(input, info);
    int blockSize = header.blockSize();
    if (mono.length < blockSize) {
      channels = new long[info.channels()][blockSize];
      mono = new float[blockSize];
    }
    bits.start();
    bits.skipBytes(header.length());
    readChannels(header);
    if (!bits.finish()) {
      throw input.error(start, "the checksum of a frame is wrong; the file is damaged");
    }
    if (!FlacMix.toMono(channels, info.bits(), mono, blockSize)) {
      throw input.error(start, "a sample of more than " + info.bits() + " bits; file damaged");
    }
    if (firstChannel) {
      FlacMix.toMono(new long[][] {channels[0]}, info.bits(), mono, blockSize);
    }
    updateMd5(blockSize);
    decoded += blockSize;
    monoPosition = 0;
    monoLength = blockSize;
    return true;
  }

  private void readChannels(FlacFrameHeader header) throws IOException {
    int blockSize = header.blockSize();
    int width = info.bits();
    switch (header.stereo()) {
      case INDEPENDENT -> {
        for (long[] channel : channels) {
          subframe.read(channel, blockSize, width);
        }
      }
      case LEFT_SIDE -> {
        subframe.read(channels[0], blockSize, width);
        subframe.read(channels[1], blockSize, width + 1);
        FlacMix.leftSide(channels[0], channels[1], blockSize);
      }
      case SIDE_RIGHT -> {
        subframe.read(channels[0], blockSize, width + 1);
        subframe.read(channels[1], blockSize, width);
        FlacMix.sideRight(channels[0], channels[1], blockSize);
      }
      case MID_SIDE -> {
        subframe.read(channels[0], blockSize, width);
        subframe.read(channels[1], blockSize, width + 1);
        FlacMix.midSide(channels[0], channels[1], blockSize);
      }
    }
  }

  private void updateMd5(int blockSize) {
    for (int from = 0; from < blockSize; from += MD5_FRAMES) {
      int to = Math.min(blockSize, from + MD5_FRAMES);
      int length = FlacMix.pack(channels, from, to, bytesPerSample, packed);
      md5.update(packed, 0, length);
    }
  }

  /** Judges what stands where no frame begins. */
  private void finish() throws IOException {
    boolean atEnd = input.available() == 0;
    long declared = info.samples();
    if (declared == 0 ? !atEnd && !input.peekText(1).equals("T") : decoded < declared) {
      String where = atEnd ? "the file ends" : "no frame begins here, but more should follow";
      String count = declared == 0 ? "" : " of " + declared;
      String reason = where + ", after " + decoded + count + " samples; it is cut off or damaged";
      throw input.error(input.offset(), reason);
    }
    if (!atEnd) {
      String place = input.file + ": byte " + input.offset();
      warnings.add(place + ": what follows the last frame is no audio and was left out");
    }
    if (declared != 0 && decoded > declared) {
      String counts = decoded + " samples where it declares " + declared;
      warnings.add(input.file + ": holds " + counts + "; all were read");
    }
    boolean known = !Arrays.equals(info.md5(), new byte[16]);
    if (known && !Arrays.equals(info.md5(), md5.digest())) {
      String reason = "the samples differ from the MD5 sum in the file's header";
      warnings.add(input.file + ": " + reason + "; the file was changed or badly encoded");
    }
  }

  @Override
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
