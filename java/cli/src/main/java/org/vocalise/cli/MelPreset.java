package org.vocalise.cli;

import org.vocalise.dsp.mel.MelSpec;

/** Mel specs that have a name. */
enum MelPreset {
  NTU,
  HIFIGAN,
  VOCOS24K;

  /** The spec of this name. */
  MelSpec spec() {
    return switch (this) {
      case NTU -> MelSpec.NTU;
      case HIFIGAN -> MelSpec.HIFIGAN;
      case VOCOS24K -> MelSpec.VOCOS24K;
    };
  }

  @Override
  public String toString() {
    return Choice.name(this);
  }
}
