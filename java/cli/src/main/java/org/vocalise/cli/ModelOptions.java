package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.vocoder.Vocoder;
import org.vocalise.inference.Device;
import org.vocalise.inference.ModelMetadata;
import org.vocalise.inference.ModelStore;
import org.vocalise.inference.OnnxFile;
import org.vocalise.inference.OnnxVocoder;
import org.vocalise.inference.SpecMismatch;
import picocli.CommandLine.Option;

/** The options that choose a neural vocoder and where it runs. */
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      description = "Neural vocoder: an ONNX file, or a name of 'vocalise models list'.")
  private @Nullable String model;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description =
          "Where the model runs: cpu (default), cuda:N, or auto for a GPU where there is one.")
  private String device = "cpu";

  /** Whether a model was named. */
  boolean given() {
    return model != null;
  }

  /**
   * The vocoder named, which takes the mels that the options describe.
   *
   * @throws InputException if the model can't be used, or takes other mels
   */
  Vocoder vocoder(MelFileOptions mels, int chunksAtATime, Console console) throws IOException {
    Path file = ModelStore.standard().find(String.valueOf(model));
    OnnxVocoder vocoder = open(file, chunksAtATime);
    try {
      MelSpec given = mels.spec(vocoder.spec());
      if (!given.equals(vocoder.spec())) {
        throw new InputException(file, SpecMismatch.describe(vocoder.spec(), given));
      }
      if (vocoder.fallback() != null) {
        console.note("device: cpu, since " + vocoder.fallback());
      }
      return vocoder;
    } catch (IOException | RuntimeException e) {
      vocoder.close();
      throw e;
    }
  }

  /**
   * The model that came with the program; null where none did, or where it takes other mels than
   * those that the options describe.
   */
  @Nullable Vocoder shipped(MelFileOptions mels, int chunksAtATime) throws IOException {
    Path file = ModelStore.standard().shipped();
    if (file == null) {
      return null;
    }
    MelSpec taken = ModelMetadata.of(OnnxFile.read(file)).spec();
    if (!mels.spec(taken).equals(taken)) {
      return null;
    }
    return open(file, chunksAtATime);
  }

  /** The model named, or else the one of a recorded name. */
  Vocoder recorded(String name, int chunksAtATime) throws IOException {
    String wanted = model == null ? name : model;
    return open(ModelStore.standard().find(wanted), chunksAtATime);
  }

  private OnnxVocoder open(Path file, int chunksAtATime) throws IOException {
    Device where;
    try {
      where = Device.parse(device);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    try {
      return OnnxVocoder.open(file, where, chunksAtATime);
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      // ONNX Runtime or the device: no input is at fault.
      throw (UsageException) new UsageException(String.valueOf(e.getMessage())).initCause(e);
    }
  }
}
