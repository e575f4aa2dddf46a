package org.vocalise.training.validate;

import java.io.Serial;

/** A snapshot is damaged, or makes no finite sound. */
final class UnfitSnapshotException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Says what is wrong in the words of whoever read it. */
  UnfitSnapshotException(Throwable cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
