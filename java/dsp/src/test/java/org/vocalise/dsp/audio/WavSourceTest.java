package org.vocalise.dsp.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.io.InputException;

class WavSourceTest {
  @TempDir private Path folder;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Decoded(float[] samples, String encoding, List<String> warnings) {}

  private Decoded decode(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("a.wav"), bytes);
    float[] samples = AudioFiles.read(file).samples();
    try (AudioFileSource source = AudioFiles.open(file)) {
      float[] block = new float[7];
      float[] streamed = new float[samples.length];
      int length = 0;
      for (int n = source.read(block, 0, 7); n >= 0; n = source.read(block, 0, 7)) {
        System.arraycopy(block, 0, streamed, length, n);
        length += n;
      }
      assertArrayEquals(samples, streamed);
      return new Decoded(samples, source.encoding(), source.warnings());
    }
  }

  private String refusal(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("a.wav"), bytes);
    String message =
        String.valueOf(
            assertThrows(InputException.class, () -> AudioFiles.read(file)).getMessage());
    assertTrue(message.startsWith(file.toString()), message);
    assertTrue(!message.contains("\n"), message);
    return message.substring(file.toString().length() + 2);
  }

  @Test
  void scalesEveryIntegerDepthByItsFullScale() throws IOException {
    byte[] eight = {0, (byte) 128, (byte) 255, 64};
    float[] expected8 = {-1, 0, 127 / 128f, -0.5f};
    assertArrayEquals(expected8, decode(WavBytes.plain(1, 1, 8000, 8, eight)).samples());

    byte[] sixteen = WavBytes.shorts(-32768, 0, 32767, 1);
    float[] expected16 = {-1, 0, 32767 / 32768f, 1 / 32768f};
    assertArrayEquals(expected16, decode(WavBytes.plain(1, 1, 8000, 16, sixteen)).samples());

    byte[] twentyFour = {0, 0, (byte) 0x80, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 1, 2, 3};
    float[] expected24 = {-1, -1 / 8388608f, 0x030201 / 8388608f};
    assertArrayEquals(expected24, decode(WavBytes.plain(1, 1, 8000, 24, twentyFour)).samples());

    ByteBuffer thirtyTwo = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    thirtyTwo.putInt(Integer.MIN_VALUE).putInt(0x12345678);
    float[] expected32 = {-1, 0x12345678 * 0x1p-31f};
    byte[] file32 = WavBytes.plain(1, 1, 8000, 32, thirtyTwo.array());
    assertArrayEquals(expected32, decode(file32).samples());
  }

  @Test
  void readsFloatsOfBothWidths() throws IOException {
    float[] values = {0.25f, -1.5f, Float.MIN_VALUE};
    byte[] single = WavBytes.plain(3, 1, 48000, 32, WavBytes.floats(values));
    assertArrayEquals(values, decode(single).samples());
    ByteBuffer wide = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    wide.putDouble(0.1).putDouble(-0.75);
    byte[] doubles = WavBytes.plain(3, 1, 48000, 64, wide.array());
    assertArrayEquals(new float[] {0.1f, -0.75f}, decode(doubles).samples());
    assertEquals("float 64 bit, 1 channel", decode(doubles).encoding());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 64})
  void averagesChannelsAsSumsOfFloats(int channels) throws IOException {
    Random random = new Random(channels);
    int frames = 10_000;
    float[] values = new float[frames * channels];
    float[] expected = new float[frames];
    for (int frame = 0; frame < frames; frame++) {
      float sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        float value = random.nextFloat() - 0.5f;
        values[frame * channels + channel] = value;
        sum += value;
      }
      expected[frame] = sum / channels;
    }
    byte[] bytes = WavBytes.plain(3, channels, 192_000, 32, WavBytes.floats(values));
    assertArrayEquals(expected, decode(bytes).samples());
  }

  @Test
  void readsExtensibleFiles() throws IOException {
    byte[] data = WavBytes.shorts(16384, -16384);
    WavBytes wav = new WavBytes("RIFF", 64).extensible(1, 1, 44100, 16, 16);
    Decoded decoded = decode(wav.chunk("data", 4, data).bytes());
    assertArrayEquals(new float[] {0.5f, -0.5f}, decoded.samples());
    assertEquals("PCM 16 bit, 1 channel", decoded.encoding());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RF64", "BW64"})
  void takesSizesOfLargeFilesFromTheirOwnChunk(String id) throws IOException {
    byte[] bytes =
        new WavBytes(id, 0xFFFF_FFFFL)
            .ds64(200, 4, 2)
            .format(1, 1, 8000, 16)
            .chunk("data", 0xFFFF_FFFFL, WavBytes.shorts(1, 2))
            .chunk("LIST", 4, WavBytes.shorts(9, 9))
            .bytes();
    Decoded decoded = decode(bytes);
    assertArrayEquals(new float[] {1 / 32768f, 2 / 32768f}, decoded.samples());
    assertEquals(List.of(), decoded.warnings());
  }

  @Test
  void passesOverOtherChunksOfOddLength() throws IOException {
    byte[] bytes =
        new WavBytes("RIFF", 100)
            .chunk("JUNK", 3, new byte[3])
            .format(1, 1, 8000, 16)
            .chunk("LIST", 5, new byte[5])
            .chunk("data", 2, WavBytes.shorts(5))
            .chunk("LIST", 8, WavBytes.shorts(7, 7, 7, 7))
            .bytes();
    assertArrayEquals(new float[] {5 / 32768f}, decode(bytes).samples());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0xFFFF_FFFFL})
  void readsStreamedFilesToTheirEnd(long size) throws IOException {
    byte[] bytes =
        new WavBytes("RIFF", size == 0 ? 36 : size)
            .format(1, 1, 8000, 16)
            .chunk("data", size, WavBytes.shorts(1, 2, 3))
            .bytes();
    Decoded decoded = decode(bytes);
    assertEquals(3, decoded.samples().length);
    assertEquals(List.of(), decoded.warnings());
  }

  @Test
  void emptyDataBeforeOtherChunksStaysEmpty() throws IOException {
    WavBytes wav = new WavBytes("RIFF", 48).format(1, 1, 8000, 16).chunk("data", 0, new byte[0]);
    byte[] bytes = wav.chunk("LIST", 4, new byte[4]).bytes();
    assertEquals(0, decode(bytes).samples().length);
    assertEquals(0, decode(WavBytes.plain(1, 1, 8000, 16, new byte[0])).samples().length);
  }

  @Test
  void readsWhatIsThereOfACutFileAndWarnsWithBothSizes() throws IOException {
    WavBytes wav = new WavBytes("RIFF", 1036).format(1, 2, 8000, 16);
    Decoded decoded = decode(wav.chunk("data", 1000, WavBytes.shorts(2, 4, 6)).bytes());
    assertArrayEquals(new float[] {3 / 32768f}, decoded.samples());
    assertEquals(1, decoded.warnings().size());
    String warning = decoded.warnings().get(0);
    assertTrue(warning.contains("1000 bytes") && warning.contains("holds 6"), warning);
  }

  @Test
  void warnsWhenTheSamplesEndInsideAFrame() throws IOException {
    WavBytes wav = new WavBytes("RIFF", 42).format(1, 2, 8000, 16);
    Decoded decoded = decode(wav.chunk("data", 6, WavBytes.shorts(2, 4, 6)).bytes());
    assertEquals(1, decoded.samples().length);
    assertTrue(decoded.warnings().get(0).contains("the last 2 were left out"));
  }

  @Test
  void namesTheByteOfASampleThatIsNoNumber() throws IOException {
    float[] values = new float[9000];
    values[8001] = Float.NaN;
    String nan = refusal(WavBytes.plain(3, 2, 8000, 32, WavBytes.floats(values)));
    assertTrue(nan.startsWith("byte " + (44 + 4 * 8001) + ": sample 4000 is not a number"), nan);
    values[8001] = Float.NEGATIVE_INFINITY;
    String infinite = refusal(WavBytes.plain(3, 1, 8000, 32, WavBytes.floats(values)));
    assertTrue(infinite.startsWith("byte 32048: sample 8001 is infinite"), infinite);
    Arrays.fill(values, Float.NaN);
    assertTrue(
        refusal(WavBytes.plain(3, 1, 8000, 32, WavBytes.floats(values))).contains("byte 44"));
  }

  @Test
  void refusesDamagedHeadersWithTheirPlace() throws IOException {
    byte[] good = WavBytes.plain(1, 2, 8000, 16, WavBytes.shorts(1, 2));
    assertTrue(refusal(patched(good, 22, 0)).startsWith("byte 22: 0 channels"));
    assertTrue(refusal(patched(good, 22, 65)).startsWith("byte 22: 65 channels"));
    assertTrue(refusal(patched(good, 27, 1)).startsWith("byte 24: sample rate 16785216"));
    assertTrue(refusal(patched(good, 32, 5)).startsWith("byte 32: block of 5 bytes"));
    assertTrue(refusal(patched(good, 16, 4)).startsWith("byte 20: 'fmt ' chunk of 4 bytes"));
    assertTrue(refusal(patched(good, 20, 6)).startsWith("byte 20: A-law"));
    assertTrue(refusal(patched(good, 12, 'x')).startsWith("byte 36: the 'data' chunk comes"));
    assertTrue(refusal(patched(good, 36, 'x')).startsWith("byte 48: the file ends before"));
    assertTrue(refusal(patched(good, 18, 9)).startsWith("byte 20: the file ends inside"));
    assertTrue(refusal(Arrays.copyOf(good, 30)).startsWith("byte 20: the file ends inside"));
    assertTrue(refusal(Arrays.copyOf(good, 12)).startsWith("byte 12: the file ends before"));
  }

  private static byte[] patched(byte[] bytes, int index, int value) {
    byte[] copy = bytes.clone();
    copy[index] = (byte) value;
    return copy;
  }

  @Test
  void aSizeOfGigabytesTakesNoMemory() throws IOException {
    WavBytes wav = new WavBytes("RF64", 0xFFFF_FFFFL).ds64(1L << 60, 1L << 60, 1L << 59);
    wav.format(1, 1, 8000, 16).chunk("data", 0xFFFF_FFFFL, WavBytes.shorts(1));
    assertEquals(1, decode(wav.bytes()).samples().length);
  }
}
