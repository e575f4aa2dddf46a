package org.vocalise.dsp.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vocalise.dsp.audio.FlacEncoder;
import org.vocalise.dsp.audio.FlacEncoder.Coding;
import org.vocalise.dsp.audio.FlacEncoder.Kind;
import org.vocalise.dsp.audio.WavBytes;
import org.vocalise.dsp.npy.NpyBytes;

/**
 * The seeds of the fuzz tests are exactly those that are made here. To write them anew:
 *
 * <pre>mvn -B -pl java/dsp test -Dtest=SeedCorpusTest -Dvocalise.writeSeeds=true</pre>
 */
class SeedCorpusTest {
  private static final Path RESOURCES = Path.of("src/test/resources/org/vocalise/dsp/fuzz");

  @Test
  void committedSeedsAreTheGeneratedOnes() throws IOException {
    check("WavFuzzTest", wav());
    check("FlacFuzzTest", flac());
    check("NpyFuzzTest", npy());
  }

  private static void check(String test, Map<String, byte[]> seeds) throws IOException {
    Path folder = RESOURCES.resolve(test + "Inputs").resolve("readsOrRefuses");
    for (Map.Entry<String, byte[]> seed : seeds.entrySet()) {
      Path file = folder.resolve(seed.getKey());
      if (Boolean.getBoolean("vocalise.writeSeeds")) {
        Files.createDirectories(folder);
        Files.write(file, seed.getValue());
      }
      assertArrayEquals(seed.getValue(), Files.readAllBytes(file), file.toString());
    }
  }

  private static Map<String, byte[]> wav() {
    byte[] data = WavBytes.shorts(1, -2, 300, -400, 32767, -32768, 0, 7);
    Map<String, byte[]> seeds = new LinkedHashMap<>();
    for (int bits : new int[] {8, 16, 24, 32}) {
      int length = data.length / (bits / 4) * (bits / 4);
      byte[] whole = Arrays.copyOf(data, length);
      seeds.put("pcm" + bits, WavBytes.plain(1, 2, 22050, bits, whole));
    }
    seeds.put("float32", WavBytes.plain(3, 1, 48000, 32, WavBytes.floats(0.5f, -1, 2)));
    seeds.put("float64", WavBytes.plain(3, 1, 48000, 64, new byte[16]));
    seeds.put("nan", WavBytes.plain(3, 1, 48000, 32, WavBytes.floats(0, Float.NaN)));
    seeds.put("eight-channels", WavBytes.plain(1, 8, 192_000, 16, data));
    seeds.put("empty", WavBytes.plain(1, 1, 8000, 16, new byte[0]));
    seeds.put("cut-header", Arrays.copyOf(seeds.get("pcm16"), 30));
    seeds.put("cut-data", Arrays.copyOf(seeds.get("pcm24"), 50));
    seeds.put("text", "not a wav file\n".getBytes(StandardCharsets.US_ASCII));
    WavBytes extensible = new WavBytes("RIFF", 76).extensible(1, 1, 44100, 16, 16);
    seeds.put("extensible", extensible.chunk("data", 16, data).bytes());
    WavBytes large = new WavBytes("RF64", 0xFFFF_FFFFL).ds64(96, 16, 8).format(1, 1, 8000, 16);
    seeds.put("rf64", large.chunk("data", 0xFFFF_FFFFL, data).bytes());
    WavBytes chunks = new WavBytes("RIFF", 70).chunk("JUNK", 3, new byte[3]);
    chunks.format(1, 1, 8000, 16).chunk("LIST", 5, new byte[5]);
    seeds.put("chunks", chunks.chunk("data", 16, data).bytes());
    WavBytes streamed = new WavBytes("RIFF", 0xFFFF_FFFFL).format(1, 1, 8000, 16);
    seeds.put("streamed", streamed.chunk("data", 0xFFFF_FFFFL, data).bytes());
    return seeds;
  }

  private static Map<String, byte[]> flac() {
    long[][] ramp = new long[2][64];
    for (int i = 0; i < 64; i++) {
      ramp[0][i] = 16L * i - 500;
      ramp[1][i] = 40L * (i % 5) + i / 3 * 8L;
    }
    long[][] mono = {ramp[0]};
    Map<String, byte[]> seeds = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      int order = kind == Kind.FIXED ? 2 : kind == Kind.LINEAR ? 8 : 0;
      byte[] file =
          new FlacEncoder(22050, 1, 16)
              .frame(
                  kind == Kind.CONSTANT ? new long[][] {new long[64]} : mono,
                  0,
                  Coding.of(kind, order))
              .bytes(true, true);
      seeds.put("mono-" + kind.name().toLowerCase(Locale.ROOT), file);
    }
    for (int code : new int[] {8, 9, 10}) {
      Coding coding = new Coding(Kind.LINEAR, 2, 1, 2, code == 9, 2);
      FlacEncoder encoder = new FlacEncoder(44100, 2, 24).frame(ramp, code, coding);
      seeds.put("stereo-" + code, encoder.frame(ramp, code, coding).bytes(false, false));
    }
    byte[] whole = seeds.get("mono-linear");
    seeds.put("cut-header", Arrays.copyOf(whole, 20));
    seeds.put("cut-frame", Arrays.copyOf(whole, whole.length - 9));
    byte[] damaged = whole.clone();
    damaged[80] ^= 4;
    seeds.put("damaged", damaged);
    return seeds;
  }

  private static Map<String, byte[]> npy() {
    Map<String, byte[]> seeds = new LinkedHashMap<>();
    for (int version = 1; version <= 3; version++) {
      String header = NpyBytes.header("<f4", version == 2, version == 3 ? "(1, 2, 3)" : "(2, 3)");
      seeds.put("version" + version, NpyBytes.file(version, header, NpyBytes.floats(6)));
    }
    String doubles = NpyBytes.header("<f8", true, "(2, 3)");
    seeds.put("float64", NpyBytes.file(1, doubles, NpyBytes.doubles(6)));
    String objects = NpyBytes.header("|O", false, "(2, 3)");
    seeds.put("objects", NpyBytes.file(1, objects, NpyBytes.floats(6)));
    String huge = NpyBytes.header("<f4", false, "(999999999999, 999999999999)");
    seeds.put("huge", NpyBytes.file(1, huge, NpyBytes.floats(6)));
    String structured = "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (6,), }";
    seeds.put("structured", NpyBytes.file(1, structured, NpyBytes.floats(6)));
    String oddKey = "{'descr': '<f4', 'sha\npe': (6,), }";
    seeds.put("odd-key", NpyBytes.file(1, oddKey, NpyBytes.floats(6)));
    seeds.put("cut-header", Arrays.copyOf(seeds.get("version1"), 70));
    seeds.put("cut-data", Arrays.copyOf(seeds.get("version1"), 140));
    return seeds;
  }
}
