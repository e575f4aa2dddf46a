package org.vocalise.training.validate;

import java.io.IOException;
import java.nio.file.Path;
import org.vocalise.dsp.io.InputException;
import org.vocalise.inference.ModelMetadata;
import org.vocalise.inference.OnnxFile;
import org.vocalise.inference.OnnxVocoder;

/** Models that were checked: whole, with the weights that they say, and able to run. */
public final class VerifiedModel {
  private VerifiedModel() {}

  /**
   * Opens a model.
   *
   * @throws InputException if it is damaged, or its weights are not those that its metadata say
   */
  public static OnnxVocoder open(Path file) throws IOException {
    OnnxFile onnx = OnnxFile.read(file);
    ModelMetadata metadata = ModelMetadata.of(onnx);
    if (!metadata.weightsSha256().equals(onnx.weightsSha256())) {
      throw new InputException(file, "weights are not those that its metadata say");
    }
    return OnnxVocoder.open(file);
  }
}
