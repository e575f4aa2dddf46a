package org.vocalise.eval.frechet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vocalise.dsp.SharedData;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.npy.NpyReader;
import org.vocalise.eval.embedding.Embedding;
import org.vocalise.eval.frechet.FrechetScoring.Means;
import org.vocalise.eval.metric.UndefinedScoreException;
import org.vocalise.eval.result.FrechetScore;
import org.vocalise.eval.result.Interval;

/** The golden sets are VGGish vectors of 6999 and 6984 windows of singing, published with a FAD. */
final class FrechetScoringTest {
  private static FileWindows golden(String name) throws IOException {
    try (NpyReader npy = NpyReader.open(SharedData.path("golden/" + name))) {
      float[] vectors = new float[npy.rows() * (int) npy.columns()];
      npy.read(0, (int) npy.columns(), vectors);
      return new FileWindows(name, vectors, (int) npy.columns());
    }
  }

  private static List<FileWindows> references() throws IOException {
    return List.of(golden("fad_embeddings_reference_6999x128.npy"));
  }

  private static List<FileWindows> synthesised() throws IOException {
    FileWindows all = golden("fad_embeddings_synth_6984x128.npy");
    return FrechetDistanceTest.split(all.vectors(), 128, 14);
  }

  @Test
  void publishedDistanceAsThePublisherComputedIt() throws Exception {
    FrechetScoring scoring = new FrechetScoring(new Named(128), references(), Means.FLOAT, 1);
    FileWindows all = golden("fad_embeddings_synth_6984x128.npy");
    assertEquals(7.021991454564555, scoring.score(List.of(all)).value(), 1e-11);
  }

  @Test
  void scoreOfThePublishedSets() throws Exception {
    List<FileWindows> synthesised = synthesised();
    FrechetScoring scoring = new FrechetScoring(new Named(128), references(), Means.DOUBLE, 1);
    FrechetScore score = scoring.score(synthesised);
    assertEquals(7.021987853460, score.value(), 1e-11);
    assertEquals(6984, score.windows());
    assertEquals(6999, score.referenceWindows());
    assertEquals("ab12", score.weightsSha256());
    assertTrue(score.warnings().isEmpty(), score.warnings().toString());
    assertEquals(synthesised.size(), score.contributions().size());
    Double infinity = score.infinity();
    Interval interval = score.interval();
    assertNotNull(infinity);
    assertNotNull(interval);
    assertTrue(infinity > 6.95 && infinity < 7.022, "infinity " + infinity);
    assertTrue(interval.low() < infinity && infinity < interval.high(), interval.toString());
    assertTrue(interval.high() - interval.low() < 0.8, interval.toString());
  }

  /** Figures of disjoint halves of the references by size, from the published vectors. */
  @Test
  void noiseFloorOfThePublishedReferences() throws Exception {
    List<FileWindows> references = references();
    assertEquals(0.249, NoiseFloor.of(references, 500, 1).getAsDouble(), 0.05);
    assertEquals(0.105, NoiseFloor.of(references, 1000, 1).getAsDouble(), 0.01);
    assertEquals(0.0516, NoiseFloor.of(references, 2000, 1).getAsDouble(), 0.005);
    assertEquals(0.0281, NoiseFloor.of(references, 3499, 1).getAsDouble(), 0.01);
  }

  /**
   * Two sets of one distribution: the distance is all noise, and the extrapolation takes it out.
   */
  @Test
  void extrapolationRemovesTheBiasOfSmallSets() throws Exception {
    List<FileWindows> references =
        FrechetDistanceTest.split(FrechetDistanceTest.noise(40_000, 8, 10, 0), 8, 10);
    double plain = 0;
    double infinite = 0;
    for (int seed = 0; seed < 20; seed++) {
      float[] vectors = FrechetDistanceTest.noise(200, 8, seed, 0);
      FrechetScoring scoring = new FrechetScoring(new Named(8), references, Means.DOUBLE, seed);
      FrechetScore score = scoring.score(FrechetDistanceTest.split(vectors, 8, 10));
      Double infinity = score.infinity();
      assertNotNull(infinity);
      plain += score.value() / 20;
      infinite += infinity / 20;
    }
    assertTrue(plain > 1.5, "distance of 200 vectors " + plain);
    assertTrue(Math.abs(infinite) < plain / 4, "extrapolated " + infinite + ", not " + plain);
  }

  @Test
  void fewWindowsAreWarnedOfWithTheNoiseThere() throws Exception {
    List<FileWindows> references =
        FrechetDistanceTest.split(FrechetDistanceTest.noise(60, 8, 1, 0), 8, 10);
    FrechetScoring scoring = new FrechetScoring(new Named(8), references, Means.DOUBLE, 1);
    FrechetScore score = scoring.score(FrechetDistanceTest.split(new float[8 * 4], 8, 2));
    assertNull(score.infinity());
    assertNull(score.interval());
    assertEquals(2, score.warnings().size(), score.warnings().toString());
    String warning = score.warnings().get(0);
    assertTrue(warning.startsWith("4 windows, and 2000 are wanted: two random halves"), warning);
    assertTrue(score.warnings().get(1).contains("singular"), score.warnings().get(1));
    assertEquals(2, score.contributions().size());
    assertEquals(score, scoring.score(FrechetDistanceTest.split(new float[8 * 4], 8, 2)));
  }

  @Test
  void floatMeansAreADefinitionOfTheirOwn() throws Exception {
    FrechetScoring exact = new FrechetScoring(new Named(128), references(), Means.DOUBLE, 1);
    FrechetScoring numpy = new FrechetScoring(new Named(128), references(), Means.FLOAT, 1);
    assertNotEquals(exact.definition(), numpy.definition());
    assertEquals("float32, as numpy.mean", numpy.definition().get("means"));
  }

  @Test
  void aSetWithoutWindowsHasNoScore() throws Exception {
    List<FileWindows> none = List.of(new FileWindows("empty", new float[0], 8));
    UndefinedScoreException e =
        assertThrows(
            UndefinedScoreException.class,
            () -> new FrechetScoring(new Named(8), none, Means.DOUBLE, 1));
    assertTrue(String.valueOf(e.getMessage()).contains("0 windows"), e.getMessage());
  }

  /** An embedding that only has a name. */
  private record Named(int dimensions) implements Embedding {
    @Override
    public String name() {
      return "vggish";
    }

    @Override
    public int sampleRate() {
      return 16_000;
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("weights_sha256", "ab12");
    }

    @Override
    public float[] embed(Waveform signal) {
      throw new UnsupportedOperationException("only a name");
    }
  }
}
