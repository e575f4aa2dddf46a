package org.vocalise.dsp.mel;

import java.io.IOException;
import java.nio.file.Path;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.npy.NpyReader;

/**
 * A mel spectrogram in an npy file, of any length, in bounded memory. Values stored in another
 * logarithm than the spec's are converted while they are read. Not thread-safe.
 */
public final class MelFile implements MelSource {
  private static final int SCAN_VALUES = 1 << 16;

  private final NpyReader reader;
  private final MelSpec spec;
  private final MelSpec.Log stored;

  private MelFile(NpyReader reader, MelSpec spec, MelSpec.Log stored) {
    this.reader = reader;
    this.spec = spec;
    this.stored = stored;
  }

  /**
   * Opens a file and checks all its values, so that a bad one is refused before any output is made.
   *
   * @param spec definition of the mel, in whose unit {@link #read} gives the values
   * @param stored logarithm of the values in the file; NONE if they are linear
   * @throws InputException if the file is no matrix of {@code spec.bands()} rows, holds a NaN or an
   *     infinity, a negative linear value, or values that no logarithm has; it names the index
   */
  public static MelFile open(Path file, MelSpec spec, MelSpec.Log stored) throws IOException {
    NpyReader reader = NpyReader.open(file);
    try {
      checkBands(file, reader, spec);
      MelScan scan = new MelScan(file, spec, stored);
      int step = Math.max(1, SCAN_VALUES / spec.bands());
      float[] values = new float[spec.bands() * step];
      for (long first = 0; first < reader.columns(); first += step) {
        int count = (int) Math.min(step, reader.columns() - first);
        reader.read(first, count, values);
        scan.accept(values, first, count);
      }
      scan.finish();
      return new MelFile(reader, spec, stored);
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private static void checkBands(Path file, NpyReader reader, MelSpec spec) throws InputException {
    int rows = reader.rows();
    if (rows == spec.bands()) {
      return;
    }
    String cure;
    if (reader.columns() == spec.bands()) {
      cure = "it looks transposed: save mel.T";
    } else if (rows == MelSpec.NTU.bands()) {
      cure = "read it with --preset ntu or hifigan";
    } else if (rows == MelSpec.VOCOS24K.bands()) {
      cure = "read it with --preset vocos24k";
    } else if (rows == 128) {
      cure =
          "128 is the default of torchaudio and librosa: make the mel with n_mels=" + spec.bands();
    } else {
      cure = "name the preset or the mel options that it was made with";
    }
    String reason = rows + " mel bands where " + spec.bands() + " are expected; " + cure;
    throw new InputException(file, "shape (" + rows + ", " + reader.columns() + ")", reason);
  }

  @Override
  public MelSpec spec() {
    return spec;
  }

  @Override
  public long frames() {
    return reader.columns();
  }

  @Override
  public void read(long first, int count, float[] target) throws IOException {
    reader.read(first, count, target);
    if (stored != spec.log()) {
      MelValues.toLinear(target, spec.bands() * count, stored, spec);
      MelValues.fromLinear(target, spec.bands() * count, spec);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
