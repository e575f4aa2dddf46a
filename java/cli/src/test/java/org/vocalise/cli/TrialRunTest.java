package org.vocalise.cli;

import org.junit.jupiter.api.Test;

final class TrialRunTest {
  @Test
  void itsCommandsSucceed() throws Exception {
    TrialRun.main(new String[0]);
  }
}
