package org.vocalise.cli;

/** Where a trainer runs. */
enum LauncherName {
  /** A process of this machine. */
  LOCAL,
  /** A container of a Docker engine. */
  DOCKER,
  /** The same by the project's compose file. */
  COMPOSE
}
