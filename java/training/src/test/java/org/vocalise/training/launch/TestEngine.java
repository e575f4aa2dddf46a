package org.vocalise.training.launch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** The machine's Docker engine, for tests. */
final class TestEngine {
  private TestEngine() {}

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
