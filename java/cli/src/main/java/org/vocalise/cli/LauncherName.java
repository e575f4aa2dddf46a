package org.vocalise.cli;

/** Where a trainer runs. */
enum LauncherName {
  /** A process of this machine. */
  LOCAL
}
