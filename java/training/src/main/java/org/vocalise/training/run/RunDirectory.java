package org.vocalise.training.run;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.FileFaults;
import org.vocalise.dsp.io.InputException;

/**
 * The folder of one training run: which file is where, and who writes it.
 *
 * @param path the folder {@code runs/NAME}, absolute
 */
public record RunDirectory(Path path) {
  /** Makes the path absolute. */
  public RunDirectory {
    path = path.toAbsolutePath().normalize();
  }

  /** The run's name, which is the folder's. */
  public String name() {
    return String.valueOf(path.getFileName());
  }

  /** Settings as they were resolved; of the trainer. */
  public Path config() {
    return path.resolve("config.yaml");
  }

  /** Whether the trainer has begun, so that there is something to go on with. */
  public boolean begun() {
    return Files.exists(config());
  }

  /** What happened, an object a line; of the trainer. */
  public Path events() {
    return path.resolve("events.jsonl");
  }

  /**
   * Why it takes no new file of this program's user; null if it does. A disk that became read-only
   * after a fault says so to those alone who write.
   */
  public @Nullable String unwritable() {
    try {
      Files.delete(Files.createTempFile(path, ".vocalise-", ".try"));
      return null;
    } catch (NoSuchFileException e) {
      return "it is gone";
    } catch (FileSystemException e) {
      return FileFaults.reason(e);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /**
   * Refuses to go on where the folder takes no files.
   *
   * @throws InputException if so
   */
  public void checkWritable() throws InputException {
    String reason = unwritable();
    if (reason != null) {
      throw new InputException(path, "can't be written, " + reason + ": mend that, then try again");
    }
  }

  /** Recordings that the run is made from; of the trainer. */
  public Path manifest() {
    return path.resolve("manifest.json");
  }

  /** What a run goes on from; of the trainer. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** Synthesised clips, a folder a validation; of the trainer. */
  public Path samples() {
    return path.resolve("samples");
  }

  /** Exported models that wait for their validation; of the trainer. */
  public Path snapshots() {
    return path.resolve("snapshots");
  }

  /** The exported model of a step. */
  public Path snapshot(long step) {
    return snapshots().resolve("step-" + step + ".onnx");
  }

  /** Recordings to validate on, and their mels; of the trainer. */
  public Path validationClips() {
    return path.resolve("validation");
  }

  /** What the trainer printed; of the launcher. */
  public Path log() {
    return path.resolve("trainer.log");
  }

  /** How the run was started; of the orchestrator. */
  public Path launch() {
    return path.resolve("launch.json");
  }

  /** What a run adds to the project's compose file; of the launcher. */
  public Path compose() {
    return path.resolve("compose.json");
  }

  /** Held by the one orchestrator there is. */
  public Path lock() {
    return path.resolve("lock");
  }

  /** Scores of snapshots, an object a line; of the orchestrator. */
  public Path validation() {
    return path.resolve("validation.jsonl");
  }

  /** How snapshots are validated; of the orchestrator. */
  public Path validationSettings() {
    return path.resolve("validation.json");
  }

  /** What snapshots made of the clips, a folder a snapshot; of the orchestrator. */
  public Path validated() {
    return path.resolve("validated");
  }

  /** Validations to hear and see; of the orchestrator. */
  public Path validationPage() {
    return path.resolve("validation.html");
  }

  /** Curves of the validations' scores; of the orchestrator. */
  public Path validationCurves() {
    return path.resolve("validation.png");
  }

  /** What the orchestrator did, an object a line. */
  public Path orchestrator() {
    return path.resolve("orchestrator.jsonl");
  }

  /** The best model so far and why it is; of the orchestrator. */
  public Path best() {
    return path.resolve("best");
  }
}
