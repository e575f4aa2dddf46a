package org.vocalise.training.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.io.Sha256;
import org.vocalise.training.run.JsonFiles;
import org.vocalise.training.run.RunDirectory;

/**
 * The recordings that a run is validated on, and their mels, as its trainer left them.
 *
 * @param clips at least one
 * @param sha256 of the list, which holds the files' hashes: validations on other clips can't be
 *     compared
 */
public record ValidationClips(List<Clip> clips, String sha256) {
  /**
   * A recording.
   *
   * @param name of the recording
   * @param stem of its files, and of what is made of it
   * @param wav the recording
   * @param mel its mel, in the values of the models' spec
   */
  public record Clip(String name, String stem, Path wav, Path mel) {}

  private static final String LIST = "clips.json";

  private record Listed(int schema, @Nullable List<Entry> clips) {
    private record Entry(String name, String stem) {}
  }

  /**
   * Reads the list.
   *
   * @throws InputException if the trainer left none, or it is damaged
   */
  public static ValidationClips of(RunDirectory run) throws IOException {
    Path list = run.validationClips().resolve(LIST);
    Listed listed = JsonFiles.read(list, Listed.class);
    if (listed == null) {
      throw new InputException(
          run.validationClips(),
          "holds no validation clips: they could not be written, or the run was started by an"
              + " earlier version; 'vocalise train resume "
              + run.name()
              + "' writes them");
    }
    List<Clip> clips = new ArrayList<>();
    for (Listed.Entry entry : listed.clips() == null ? List.<Listed.Entry>of() : listed.clips()) {
      clips.add(clip(run.validationClips(), list, entry));
    }
    if (clips.isEmpty()) {
      throw new InputException(
          list,
          "names no clip, since nobody validates in this run: there is one singer only;"
              + " data.validation_folders of a new run names recordings of others");
    }
    return new ValidationClips(List.copyOf(clips), Sha256.of(list));
  }

  /** Whether the trainer has said that nobody validates; a damaged list says nothing. */
  public static boolean empty(RunDirectory run) throws IOException {
    try {
      Listed listed = JsonFiles.read(run.validationClips().resolve(LIST), Listed.class);
      return listed != null && listed.clips() != null && listed.clips().isEmpty();
    } catch (InputException e) {
      return false; // a damaged list is told by the validation that needs it
    }
  }

  /** Hash of the list, without reading it; null if there is none. */
  public static @Nullable String hash(RunDirectory run) throws IOException {
    try {
      return Sha256.of(Files.readAllBytes(run.validationClips().resolve(LIST)));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static Clip clip(Path folder, Path list, Listed.Entry entry) throws InputException {
    Path wav = folder.resolve(entry.stem() + ".wav").normalize();
    if (!folder.equals(wav.getParent())) {
      throw new InputException(list, "names '" + entry.stem() + "', which leads out of its folder");
    }
    return new Clip(entry.name(), entry.stem(), wav, folder.resolve(entry.stem() + ".npy"));
  }
}
