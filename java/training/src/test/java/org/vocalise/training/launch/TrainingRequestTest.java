package org.vocalise.training.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainingRequestTest {
  @Test
  void oneProcessIsThePackageItself() {
    assertEquals(
        "-m vocalise_train train --preset small --data /data --run /run --set steps=2 --resume",
        command(Resources.DEFAULT, true));
  }

  @Test
  void severalProcessesAndMachinesAreTorchrun() {
    assertEquals(
        "-m torch.distributed.run --nproc-per-node=2 --standalone -m -- vocalise_train train"
            + " --preset small --data /data --run /run --set steps=2",
        command(new Resources(0, 2, 1, 0, null, 0, 0, false), false));
    assertEquals(
        "-m torch.distributed.run --nproc-per-node=4 --nnodes=2 --node-rank=1 --master-addr=first"
            + " --master-port=29400 -m -- vocalise_train train"
            + " --preset small --data /data --run /run --set steps=2",
        command(new Resources(4, 4, 2, 1, "first:29400", 0, 0, true), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-x", "../small", "a b", "small\n", "Small"})
  void presetsThatAreNoNamesAreRefused(String preset) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new TrainingRequest(preset, "/data", List.of(), Resources.DEFAULT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "steps", "=2", "--run=/", "1=2"})
  void settingsThatAreNoneAreRefused(String setting) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new TrainingRequest("small", "/data", List.of(setting), Resources.DEFAULT));
  }

  @Test
  void impossibleResourcesAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new Resources(1, 2, 1, 0, null, 0, 0, false));
    assertThrows(
        IllegalArgumentException.class, () -> new Resources(0, 1, 2, 2, "a:1", 0, 0, false));
    assertThrows(
        IllegalArgumentException.class, () -> new Resources(0, 1, 2, 0, "a b:1", 0, 0, false));
    assertThrows(
        IllegalArgumentException.class, () -> new Resources(-1, 1, 1, 0, null, 0, 0, false));
  }

  private static String command(Resources resources, boolean resume) {
    TrainingRequest request =
        new TrainingRequest("small", "/home/me/data", List.of("steps=2"), resources);
    return String.join(" ", request.command("small", "/data", "/run", resume));
  }
}
