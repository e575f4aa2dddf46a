package org.vocalise.dsp.mel;

import java.nio.file.Path;
import java.util.Locale;
import org.vocalise.dsp.io.InputException;

/** Looks at every value of a mel file once, and judges whether they can be what they are said. */
final class MelScan {
  /** Values that no mel of samples in [-1, 1] reaches: e^25, 10^12, 120 dB. */
  private static final double MAX_LN = 25;

  private static final double MAX_LOG10 = 12;
  private static final double MAX_DB = 120;

  /** Linear values beyond this overflow 32-bit floats where they are squared and added. */
  private static final double MAX_LINEAR = 1e32;

  private final Path file;
  private final MelSpec spec;
  private final MelSpec.Log stored;
  private float min = Float.POSITIVE_INFINITY;
  private float max = Float.NEGATIVE_INFINITY;
  private String firstNegative = "";
  private String firstLarge = "";

  MelScan(Path file, MelSpec spec, MelSpec.Log stored) {
    this.file = file;
    this.spec = spec;
    this.stored = stored;
  }

  /** Takes {@code count} frames from frame {@code first} on, row-major. */
  void accept(float[] values, long first, int count) throws InputException {
    double limit =
        switch (stored) {
          case NONE -> MAX_LINEAR;
          case LN -> MAX_LN;
          case LOG10 -> MAX_LOG10;
          case DB -> MAX_DB;
        };
    for (int band = 0; band < spec.bands(); band++) {
      for (int i = 0; i < count; i++) {
        float value = values[band * count + i];
        if (!Float.isFinite(value)) {
          String reason = "value " + value + "; a mel has finite values only";
          throw new InputException(file, place(band, first + i), reason);
        }
        if (value < 0 && firstNegative.isEmpty()) {
          firstNegative = place(band, first + i);
        }
        if (value > limit && firstLarge.isEmpty()) {
          firstLarge = place(band, first + i);
        }
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
  }

  /** Judges the whole; call it after the last frame. */
  void finish() throws InputException {
    String range = "values from " + min + " to " + max;
    if (stored == MelSpec.Log.NONE && min < 0) {
      String kind = spec.spectrum() == MelSpec.Spectrum.POWER ? "power" : "magnitude";
      String reason = range + " where a linear " + kind + " can't be negative; " + cure();
      throw new InputException(file, firstNegative, reason);
    }
    if (!firstLarge.isEmpty()) {
      throw new InputException(file, firstLarge, range + " are too large for " + tooLarge());
    }
  }

  /** What the values are too large for, and the cure. */
  private String tooLarge() {
    if (stored == MelSpec.Log.NONE) {
      return "a signal in [-1, 1]; divide what the mel was made from by its largest sample";
    }
    String what = "a logarithm (" + stored.name().toLowerCase(Locale.ROOT) + "); ";
    if (min < 0) {
      return what + "if they are decibels, read the file with --mel-scale db";
    }
    return what + "they look linear: read the file with --mel-scale linear";
  }

  /** The option that reads values of this range; usual floors are ln 1e-5, log10 1e-10, -80 dB. */
  private String cure() {
    if (min > -1) {
      return "if it is a logarithm, read it with --mel-scale ln, log10 or db";
    }
    if (min < -25) {
      return "it looks like decibels: read it with --mel-scale db";
    }
    if (min < -10.5) {
      return "it looks like a natural logarithm: read it with --mel-scale ln (or log10, db)"
          + preset();
    }
    return "it looks like a logarithm: read it with --mel-scale log10 (or ln, db)" + preset();
  }

  /** Another scale alone does not make HiFi-GAN's mel, which has other filters, readable. */
  private String preset() {
    return spec.bands() == MelSpec.HIFIGAN.bands()
        ? ", or with --preset hifigan if it is HiFi-GAN's"
        : "";
  }

  private static String place(int band, long frame) {
    return "index [" + band + ", " + frame + "]";
  }
}
