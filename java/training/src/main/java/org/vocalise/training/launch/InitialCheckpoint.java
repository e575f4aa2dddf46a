package org.vocalise.training.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;

/**
 * The setting {@code initial=FILE}: the checkpoint that a run's weights start from. A file of this
 * machine, so that containers need it mounted.
 */
public final class InitialCheckpoint {
  private static final String KEY = "initial=";

  private InitialCheckpoint() {}

  /** The file that counts, which is the last one; null where none is named. */
  static @Nullable Path of(List<String> settings) {
    String file = "";
    for (String setting : settings) {
      if (setting.startsWith(KEY)) {
        file = text(setting);
      }
    }
    return file.isEmpty() ? null : Path.of(file);
  }

  /**
   * The same settings, with the file's absolute path: trainers may have another working directory.
   *
   * @throws InputException if there is no such file
   */
  public static List<String> located(List<String> settings) throws IOException {
    List<String> located = new ArrayList<>();
    for (String setting : settings) {
      if (setting.startsWith(KEY) && !text(setting).isEmpty()) {
        Path file = Path.of(text(setting));
        if (!Files.isRegularFile(file)) {
          throw new InputException(
              file,
              "no such file; --set initial=FILE takes the checkpoint that the weights start from,"
                  + " like runs/first/checkpoints/step-00002000/generator.safetensors");
        }
        located.add(setting(file.toRealPath().toString()));
      } else {
        located.add(setting);
      }
    }
    return located;
  }

  /** The same settings, with the file at another place. */
  static List<String> at(String place, List<String> settings) {
    List<String> moved = new ArrayList<>(settings);
    moved.replaceAll(setting -> setting.startsWith(KEY) ? setting(place) : setting);
    return moved;
  }

  /** The trainer reads values as YAML, where a quoted text may hold anything. */
  private static String setting(String file) {
    return KEY + "'" + file.replace("'", "''") + "'";
  }

  private static String text(String setting) {
    String value = setting.substring(KEY.length()).strip();
    if (value.length() > 1 && value.startsWith("'") && value.endsWith("'")) {
      return value.substring(1, value.length() - 1).replace("''", "'");
    }
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
