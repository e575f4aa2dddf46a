package org.vocalise.training.supervise;

import java.time.Duration;

/**
 * Whether a trainer that was lost is started again.
 *
 * @param most how often; 0 leaves that to the user
 * @param first wait before the first time; each later one is twice as long, five minutes at most
 */
public record RestartPolicy(int most, Duration first) {
  /** The user resumes. */
  public static final RestartPolicy NEVER = new RestartPolicy(0, Duration.ofSeconds(5));

  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** Wait before the restart of a number, from 0. */
  Duration before(int number) {
    Duration wait = first.multipliedBy(1L << Math.min(number, 20));
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }
}
