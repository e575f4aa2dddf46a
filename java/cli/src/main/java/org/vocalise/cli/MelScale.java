package org.vocalise.cli;

import org.vocalise.dsp.mel.MelSpec;

/** How the values of a mel file are stored. */
enum MelScale {
  LINEAR,
  LN,
  LOG10,
  DB;

  /** The logarithm of the values. */
  MelSpec.Log log() {
    return switch (this) {
      case LINEAR -> MelSpec.Log.NONE;
      case LN -> MelSpec.Log.LN;
      case LOG10 -> MelSpec.Log.LOG10;
      case DB -> MelSpec.Log.DB;
    };
  }

  /** The scale of a spec's own values. */
  static MelScale of(MelSpec spec) {
    return switch (spec.log()) {
      case NONE -> LINEAR;
      case LN -> LN;
      case LOG10 -> LOG10;
      case DB -> DB;
    };
  }
}
