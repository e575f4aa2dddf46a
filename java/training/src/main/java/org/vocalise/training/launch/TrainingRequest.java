package org.vocalise.training.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to train.
 *
 * @param preset name of a preset, or a YAML file's absolute path
 * @param data absolute path of the folder of recordings
 * @param settings {@code key=value} each, in the order given
 * @param resources what the trainer may use
 */
public record TrainingRequest(
    String preset, String data, List<String> settings, Resources resources) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]*");
  private static final Pattern SETTING = Pattern.compile("[A-Za-z_][\\w.]*=.*", Pattern.DOTALL);

  /** Checks the words; what presets and settings there are, the trainer knows. */
  public TrainingRequest {
    settings = List.copyOf(settings);
    if (!isFile(preset) && !NAME.matcher(preset).matches()) {
      throw new IllegalArgumentException(
          "preset '" + preset + "' is neither a name like singing nor a file that ends in .yaml");
    }
    for (String setting : settings) {
      if (!SETTING.matcher(setting).matches()) {
        throw new IllegalArgumentException(
            "--set '" + setting + "' is not key=value, like steps=2000");
      }
    }
  }

  /** The same with other settings. */
  TrainingRequest with(List<String> others) {
    return new TrainingRequest(preset, data, others, resources);
  }

  /** The checkpoint that the weights start from; null where they start from random ones. */
  public @Nullable Path initial() {
    return InitialCheckpoint.of(settings);
  }

  /** Whether the preset is a file of the user's. */
  public boolean presetIsFile() {
    return isFile(preset);
  }

  /**
   * The trainer's command line, after the interpreter.
   *
   * @param presetPlace how the trainer calls the preset
   * @param dataPlace where the trainer finds the recordings
   * @param runPlace where the trainer finds the run directory
   * @param resume whether there is a run in it to go on with
   */
  public List<String> command(
      String presetPlace, String dataPlace, String runPlace, boolean resume) {
    List<String> command = new ArrayList<>();
    if (resources.distributed()) {
      command.addAll(List.of("-m", "torch.distributed.run"));
      command.add("--nproc-per-node=" + resources.processes());
      if (resources.nodes() == 1) {
        command.add("--standalone");
      } else {
        command.add("--nnodes=" + resources.nodes());
        command.add("--node-rank=" + resources.nodeRank());
        // Not c10d, which numbers the machines itself: the first one writes the run.
        String first = Objects.requireNonNull(resources.rendezvous());
        command.add("--master-addr=" + first.substring(0, first.lastIndexOf(':')));
        command.add("--master-port=" + first.substring(first.lastIndexOf(':') + 1));
      }
      // Else it takes --run for one of its own options.
      command.addAll(List.of("-m", "--"));
    } else {
      command.add("-m");
    }
    command.addAll(List.of("vocalise_train", "train", "--preset", presetPlace));
    command.addAll(List.of("--data", dataPlace, "--run", runPlace));
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    if (resume) {
      command.add("--resume");
    }
    return command;
  }

  /** The folder of recordings. */
  public Path dataFolder() {
    return Path.of(data);
  }

  private static boolean isFile(String preset) {
    return preset.endsWith(".yaml") || preset.endsWith(".yml");
  }
}
