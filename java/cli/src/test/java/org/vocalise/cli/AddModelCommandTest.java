package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.SharedData;
import org.vocalise.dsp.io.Sha256;
import org.vocalise.inference.ConvertedModels;
import org.vocalise.inference.ModelStore;

/** {@code vocalise models add NAME}. */
final class AddModelCommandTest {
  @TempDir private Path folder;
  private Path models;

  @BeforeEach
  void useAFolderOfModels() {
    models = folder.resolve("models");
    System.setProperty(ModelStore.USER_FOLDER, models.toString());
  }

  @AfterEach
  void forgetTheFolder() {
    System.clearProperty(ModelStore.USER_FOLDER);
  }

  @Test
  void weightsOfFilesBecomeModels() throws Exception {
    Path python = ConvertedModels.python();
    Path tiny = SharedData.path("weights/crepe/model-tiny.h5.bz2");
    CommandResult result =
        CommandResult.of(
            "models",
            "add",
            "crepe-tiny",
            "--from",
            tiny,
            "--sha256",
            Sha256.of(tiny),
            "--python",
            python);
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("crepe-tiny: " + models.resolve("crepe-tiny.onnx") + "\n", result.out());
    assertTrue(CommandResult.of("models", "show", "crepe-tiny").out().contains("licences: MIT\n"));

    CommandResult again = CommandResult.of("models", "add", "crepe-tiny", "--from", tiny);
    assertRefused(2, "exists already; --overwrite", again);
    CommandResult other =
        CommandResult.of("models", "add", "crepe-full", "--from", tiny, "--python", python);
    assertRefused(4, "holds the weights of crepe-tiny, not of crepe-full", other);
    assertTrue(other.err().contains("unverified"), other.err());

    Path wav = TestAudio.tone(folder.resolve("a.wav"), 16_000, 16_000, 10);
    Path csv = folder.resolve("a.csv");
    CommandResult f0 = CommandResult.of("f0", wav, "-o", csv, "--tracker", "crepe-tiny");
    assertEquals(0, f0.exitCode(), f0.err());
    assertTrue(Files.readAllLines(csv).get(51).startsWith("0.500,2"), Files.readString(csv));
  }

  @Test
  void addressesAreDownloadedAndChecked() throws Exception {
    Path python = ConvertedModels.python();
    Path tiny = SharedData.path("weights/crepe/model-tiny.h5.bz2");
    byte[] content = Files.readAllBytes(tiny);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/models/model-tiny.h5.bz2",
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          try (var body = exchange.getResponseBody()) {
            body.write(content);
          }
        });
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/models/";
      String url = base + "model-tiny.h5.bz2";
      String wrong = "0".repeat(64);
      assertRefused(
          4,
          "SHA-256 is 9c1d76d4",
          CommandResult.of(
              "models", "add", "crepe-tiny", "--from", url, "--sha256", wrong, "--python", python));
      assertRefused(
          3,
          "status 404",
          CommandResult.of(
              "models", "add", "crepe-tiny", "--from", base + "none.h5", "--python", python));
      assertFalse(Files.exists(models.resolve("crepe-tiny.onnx")));
      CommandResult result =
          CommandResult.of("models", "add", "crepe-tiny", "--from", url, "--python", python);
      assertEquals(0, result.exitCode(), result.err());
      assertTrue(result.err().contains("unverified, no hash is known"), result.err());
    } finally {
      server.stop(0);
    }
    assertRefused(
        3,
        "can't be downloaded",
        CommandResult.of(
            "models",
            "add",
            "crepe-small",
            "--from",
            "http://127.0.0.1:9/model-small.h5",
            "--python",
            python));
    try (Stream<Path> files = Files.list(models)) {
      assertEquals(List.of(models.resolve("crepe-tiny.onnx")), files.toList());
    }
  }

  @Test
  void damagedWeightsAreRefusedByName() throws Exception {
    Path python = ConvertedModels.python();
    Path odd = Files.writeString(folder.resolve("odd.pth"), "nothing");
    CommandResult result =
        CommandResult.of("models", "add", "vggish", "--from", odd, "--python", python);
    assertRefused(4, odd + ": no weights that load without code", result);
    assertFalse(Files.exists(models));
  }

  @Test
  void wrongUsageIsToldBeforeAnyWork() throws IOException {
    Path odd = Files.writeString(folder.resolve("odd.pth"), "nothing");
    assertRefused(
        2,
        "can't be run",
        CommandResult.of("models", "add", "vggish", "--python", folder.resolve("none")));
    assertRefused(
        2,
        "not 64 hexadecimal digits",
        CommandResult.of("models", "add", "vggish", "--sha256", "12"));
    assertRefused(
        2,
        "are for published networks: crepe-tiny",
        CommandResult.of("models", "add", "a.onnx", "--from", odd));
    assertRefused(
        4, "no published network: those are crepe-tiny", CommandResult.of("models", "add", "clap"));
  }

  private static void assertRefused(int code, String words, CommandResult result) {
    assertEquals(code, result.exitCode(), result.err());
    assertTrue(result.err().contains(words), result.err());
  }
}
