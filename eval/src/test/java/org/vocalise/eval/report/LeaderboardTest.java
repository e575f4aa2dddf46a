package org.vocalise.eval.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vocalise.dsp.io.InputException;
import org.vocalise.eval.result.FileScores;
import org.vocalise.eval.result.FrechetScore;
import org.vocalise.eval.result.Scores;
import org.vocalise.eval.result.SystemScores;

final class LeaderboardTest {
  private static final Path A = Path.of("class/ada/scores.json");
  private static final Path B = Path.of("class/bob/scores.json");

  @Test
  void systemsAreRankedByTheMetricAskedFor() throws IOException {
    ScoredRun run = new ScoredRun(A, TestScores.of(12, "good", "fair", "poor"));
    Leaderboard board = Leaderboard.of(List.of(run), null);
    assertEquals("m_stft", board.rankedBy());
    assertEquals(List.of("good", "fair", "poor"), names(board));
    assertEquals(2, board.rank("fair", "m_stft"));
    // Higher is better here, and the fixture's figures all grow from system to system.
    assertEquals(List.of("poor", "fair", "good"), names(Leaderboard.of(List.of(run), "si_sdr")));
    assertEquals(List.of("good", "fair", "poor"), names(Leaderboard.of(List.of(run), "frechet")));
    assertEquals(3 * 7, board.tests().size());
    assertTrue(board.notes().isEmpty(), board.notes().toString());
    String message =
        assertThrows(IllegalArgumentException.class, () -> Leaderboard.of(List.of(run), "accuracy"))
            .getMessage();
    assertTrue(String.valueOf(message).contains("there are m_stft, mel_l1, "), message);
  }

  @Test
  void equalMeansShareARank() throws IOException {
    Leaderboard board =
        Leaderboard.of(
            List.of(
                new ScoredRun(A, TestScores.of(3, "same", "next")),
                new ScoredRun(B, TestScores.of(3, "alike"))),
            null);
    assertEquals(1, board.rank("same", "m_stft"));
    assertEquals(1, board.rank("alike", "m_stft"));
    assertEquals(3, board.rank("next", "m_stft"));
  }

  @Test
  void systemsOfOneNameAreToldApartByTheirFolders() throws IOException {
    Scores scores = TestScores.of(4, "wavs");
    Leaderboard board =
        Leaderboard.of(
            List.of(new ScoredRun(A, scores), new ScoredRun(B, TestScores.of(4, "wavs"))), null);
    assertEquals(List.of("ada/wavs", "bob/wavs"), names(board));
    assertEquals("class/bob/scores.json", board.sources().get("bob/wavs"));
    Path other = Path.of("other/ada/scores.json");
    board =
        Leaderboard.of(
            List.of(new ScoredRun(A, scores), new ScoredRun(other, TestScores.of(4, "wavs"))),
            null);
    assertEquals("class/ada/scores.json: wavs", names(board).get(0));
    refused("holds two systems of the name 'x'", new ScoredRun(A, TestScores.of(2, "x", "x")));
  }

  @Test
  void meansAreOverTheFilesThatAllHave() throws IOException {
    Leaderboard board =
        Leaderboard.of(
            List.of(
                new ScoredRun(A, TestScores.of(12, "all")),
                new ScoredRun(B, TestScores.of(9, "fewer"))),
            null);
    assertTrue(board.notes().get(0).contains("over the 9 that all have, without Alto-1#song/0009"));
    SystemScores all = board.scores().systems().get(0);
    assertEquals(9, all.files().size());
    // The fixture gives both the same scores of the same files.
    assertEquals(board.scores().systems().get(1).means(), all.means());
    FileScores strange = new FileScores("strange", "r", "s", Map.of("m_stft", 1.0), List.of());
    refused(
        "system 'y' shares no file name",
        new ScoredRun(A, TestScores.of(3, "x")),
        new ScoredRun(B, with(TestScores.of(3, "y"), List.of(strange))));
    refused("has no scored file", new ScoredRun(A, TestScores.of(0, "none")));
  }

  @Test
  void runsScoredOtherwiseAreRefusedWithEveryFieldThatDiffers() {
    Scores scores = TestScores.of(3, "x");
    Scores ntu = new Scores(1, "ntu", scores.definitions(), scores.versions(), scores.systems());
    refused("(protocol: 'ntu' here, ", new ScoredRun(A, scores), new ScoredRun(B, ntu));
    refused(
        "class/bob/scores.json: was scored otherwise than class/ada/scores.json (tracker.name:"
            + " 'crepe-full' here, 'yin' there)",
        new ScoredRun(A, scores),
        new ScoredRun(B, define(scores, "tracker", Map.of("name", "crepe-full"))));
    refused(
        "m_stft.sizes: '[1]' here, '[512, 1024, 2048]' there",
        new ScoredRun(A, scores),
        new ScoredRun(B, define(scores, "m_stft", Map.of("sizes", List.of(1)))));
    SystemScores system = scores.systems().get(0);
    FrechetScore vggish =
        new FrechetScore("vggish", "ab12", 1, null, null, 9, 9, Map.of(), List.of());
    SystemScores other =
        new SystemScores(
            "y", system.files(), system.means(), system.intervals(), vggish, List.of());
    Map<String, Map<String, Object>> definitions = new LinkedHashMap<>(scores.definitions());
    definitions.remove("embedding");
    refused(
        "frechet.embedding: 'vggish' here, 'log-mel' there; frechet.weights_sha256: 'ab12' here,",
        new ScoredRun(A, scores),
        new ScoredRun(B, new Scores(1, "clean", definitions, Map.of(), List.of(other))));
  }

  @Test
  void whatOneRunLacksIsSaid() throws IOException {
    Scores scores = TestScores.of(3, "x");
    SystemScores system = scores.systems().get(0);
    Map<String, Double> means = new LinkedHashMap<>(system.means());
    means.remove("mel_l1");
    SystemScores poor =
        new SystemScores("poor", system.files(), means, system.intervals(), null, List.of());
    Map<String, Map<String, Object>> definitions = new HashMap<>(scores.definitions());
    definitions.remove("embedding");
    ScoredRun second =
        new ScoredRun(
            B, new Scores(1, "clean", definitions, Map.of("vocalise", "0.2.0"), List.of(poor)));
    Leaderboard board = Leaderboard.of(List.of(new ScoredRun(A, scores), second), "mel_l1");
    assertEquals(List.of("x", "poor"), names(board));
    assertEquals(
        List.of(
            "The runs were made with different versions of vocalise: 0.1.0, 0.2.0.",
            "poor has no Mel L1.",
            "poor has no Frechet distance."),
        board.notes());
    String html = LeaderboardPage.html(board, "Two");
    assertTrue(html.contains("poor has no Mel L1."));
    assertTrue(LeaderboardFiles.csv(board).lines().toList().get(2).startsWith(",poor,"));
  }

  @Test
  void pageAndTableHoldEverySystem() throws IOException {
    Leaderboard board =
        Leaderboard.of(
            List.of(
                new ScoredRun(A, TestScores.of(12, "<i>a", "b", "c", "d")),
                new ScoredRun(B, TestScores.of(12, "e, f", "g"))),
            null);
    String html = LeaderboardPage.html(board, "Class & co");
    assertEquals(html, LeaderboardPage.html(board, "Class & co"));
    assertTrue(html.contains("&lt;i&gt;a") && html.contains("Class &amp; co"));
    assertFalse(html.contains("<i>"));
    assertFalse(html.matches("(?s).*(src|href)=\"(?!data:|#).*"));
    List<String> lines = LeaderboardFiles.csv(board).lines().toList();
    assertEquals(7, lines.size());
    assertTrue(
        lines.get(0).startsWith("rank,system,source,m_stft,m_stft_low,m_stft_high,m_stft_rank,"));
    assertTrue(lines.get(0).endsWith(",frechet_log-mel"));
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith("1,\"e, f\",class/bob/scores.json,")));
    String copy = System.getProperty("vocalise.board.copy");
    if (copy != null) {
      Files.writeString(Path.of(copy), html);
    }
  }

  private static List<String> names(Leaderboard board) {
    return board.scores().systems().stream().map(SystemScores::name).toList();
  }

  private static void refused(String words, ScoredRun... runs) {
    InputException error =
        assertThrows(InputException.class, () -> Leaderboard.of(List.of(runs), null));
    assertTrue(String.valueOf(error.getMessage()).contains(words), error.getMessage());
  }

  private static Scores define(Scores scores, String key, Map<String, Object> definition) {
    Map<String, Map<String, Object>> definitions = new LinkedHashMap<>(scores.definitions());
    definitions.put(key, definition);
    return new Scores(1, scores.protocol(), definitions, scores.versions(), scores.systems());
  }

  private static Scores with(Scores scores, List<FileScores> files) {
    SystemScores system = scores.systems().get(0);
    SystemScores other =
        new SystemScores(
            system.name(),
            new ArrayList<>(files),
            Map.of("m_stft", 1.0),
            Map.of(),
            null,
            List.of());
    return new Scores(
        1, scores.protocol(), scores.definitions(), scores.versions(), List.of(other));
  }
}
