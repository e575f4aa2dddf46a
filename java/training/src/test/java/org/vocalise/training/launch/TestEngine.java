package org.vocalise.training.launch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.vocalise.training.run.RunDirectory;

/**
 * The machine's Docker engine, for tests. They call it as the launchers do, by docker-java:
 * Testcontainers would start containers, which here is what is tested.
 */
final class TestEngine {
  private TestEngine() {}

  /** Removes the containers of a run; those that were there. */
  static List<String> removeContainers(DockerEngine engine, RunDirectory run) {
    List<String> left =
        engine
            .client()
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(List.of(TrainerContainer.RUN_LABEL + "=" + run.path()))
            .exec()
            .stream()
            .map(container -> container.getId())
            .toList();
    left.forEach(id -> engine.client().removeContainerCmd(id).withForce(true).exec());
    return left;
  }

  /** Skips the test where no engine answers; fails it where one must. */
  static DockerEngine required() throws IOException {
    DockerEngine engine = new DockerEngine();
    try {
      engine.ping();
      return engine;
    } catch (IOException e) {
      engine.close();
      if ("required".equals(System.getenv("VOCALISE_ENGINE"))) {
        throw e;
      }
      assumeTrue(false, e.getMessage());
      throw e;
    }
  }
}
