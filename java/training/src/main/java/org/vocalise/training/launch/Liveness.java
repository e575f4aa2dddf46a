package org.vocalise.training.launch;

/** Whether a trainer's process or container is there. */
public sealed interface Liveness {
  /** It runs. */
  record Alive() implements Liveness {}

  /**
   * It has ended.
   *
   * @param exitCode as of a shell: 128 and the number of the signal that ended it
   * @param outOfMemory whether it had reached its memory limit
   */
  record Ended(int exitCode, boolean outOfMemory) implements Liveness {}

  /** It is not there, and how it ended nobody knows. */
  record Gone() implements Liveness {}

  /**
   * It can't be asked.
   *
   * @param reason why, and what to do
   */
  record Unknown(String reason) implements Liveness {}
}
