package org.vocalise.training.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RestartPolicyTest {
  @Test
  void eachWaitIsTwiceTheOneBeforeUpToFiveMinutes() {
    List<Long> waits =
        IntStream.of(0, 1, 2, 5, 6, 7, 1000)
            .mapToObj(number -> RestartPolicy.NEVER.before(number).toSeconds())
            .toList();
    assertEquals(List.of(5L, 10L, 20L, 160L, 300L, 300L, 300L), waits);
  }
}
