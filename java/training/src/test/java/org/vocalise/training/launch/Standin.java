package org.vocalise.training.launch;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.vocalise.training.run.RunDirectory;

/** The stand-in of the trainer, see its docstring. */
public final class Standin {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private Standin() {}

  /** Its folder. */
  public static TrainerSource source() {
    try {
      return new TrainerSource(
          Path.of(Objects.requireNonNull(Standin.class.getResource("/standin")).toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A Python without PyTorch; the test is skipped where there is none. */
  public static Path python() {
    Assumptions.assumeTrue(Files.isExecutable(PYTHON), "no " + PYTHON);
    return PYTHON;
  }

  /** A folder with something that is called a recording. */
  public static Path data(Path folder) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("a.wav"), "");
    return data.toRealPath();
  }

  /** A request with settings. */
  public static TrainingRequest request(Path data, String... settings) {
    return new TrainingRequest("small", data.toString(), List.of(settings), Resources.DEFAULT);
  }

  /** The weights of the newest checkpoint. */
  public static String weights(RunDirectory run) throws IOException {
    try (Stream<Path> checkpoints = Files.list(run.checkpoints())) {
      Path newest =
          checkpoints
              .filter(path -> String.valueOf(path.getFileName()).startsWith("step-"))
              .max(Path::compareTo)
              .orElseThrow();
      return Files.readString(newest.resolve("state.json"));
    }
  }
}
