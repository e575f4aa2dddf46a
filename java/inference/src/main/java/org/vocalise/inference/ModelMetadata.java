package org.vocalise.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.mel.MelSpec;

/**
 * What a vocoder model says of itself in its ONNX file, schema 1. What an imported model can't know
 * is {@code unknown}.
 *
 * @param name of the model
 * @param architecture of the network
 * @param spec definition of the mels that it takes
 * @param output what it makes of them
 * @param inverseStft what turns its output into a waveform; null unless that is COMPLEX
 * @param contextFrames frames on each side of a frame that its samples depend on
 * @param chunkFrames frames of the pieces in which long mels are made
 * @param samplesPerFrame samples that a frame makes
 * @param trainingData what it was trained on, with licences
 * @param licence of the weights
 * @param steps of the training
 * @param configSha256 hash of the training's settings
 * @param weightsSha256 hash over the weights, as {@link OnnxFile#weightsSha256} computes it
 * @param created time of the checkpoint
 * @param exporter version of the program that wrote the file
 */
public record ModelMetadata(
    String name,
    String architecture,
    MelSpec spec,
    OutputKind output,
    @Nullable InverseStft inverseStft,
    int contextFrames,
    int chunkFrames,
    int samplesPerFrame,
    String trainingData,
    String licence,
    String steps,
    String configSha256,
    String weightsSha256,
    String created,
    String exporter) {

  /** Newest schema that is read. */
  public static final int SCHEMA = 1;

  private static final String PREFIX = "vocalise.";
  private static final String UNKNOWN = "unknown";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Checks that the values fit together. */
  public ModelMetadata {
    require(contextFrames >= 0 && contextFrames <= 4096, "context_frames", contextFrames, "4096");
    require(chunkFrames >= 1 && chunkFrames <= 65_536, "chunk_frames", chunkFrames, "65536");
    if (samplesPerFrame != spec.hop()) {
      throw new IllegalArgumentException(
          "samples_per_frame is " + samplesPerFrame + ", the mel spec's hop " + spec.hop());
    }
    if ((output == OutputKind.COMPLEX) != (inverseStft != null)) {
      throw new IllegalArgumentException(
          "output is "
              + output.name().toLowerCase(Locale.ROOT)
              + (inverseStft == null ? " without" : " with")
              + " inverse_stft");
    }
    if (inverseStft != null && inverseStft.hop() != samplesPerFrame) {
      throw new IllegalArgumentException(
          "inverse_stft: hop is " + inverseStft.hop() + ", samples_per_frame " + samplesPerFrame);
    }
  }

  private static void require(boolean ok, String field, int value, String most) {
    if (!ok) {
      throw new IllegalArgumentException(field + " is " + value + ", not at most " + most);
    }
  }

  /** Whether an ONNX file is a model of ours at all. */
  public static boolean isIn(OnnxFile file) {
    return file.metadata().containsKey(PREFIX + "schema");
  }

  /** Whether an ONNX file is a vocoder of ours; others of ours say their {@code kind}. */
  public static boolean isVocoder(OnnxFile file) {
    return isIn(file) && !file.metadata().containsKey(PREFIX + "kind");
  }

  /**
   * Reads the metadata of a file.
   *
   * @throws InputException if there is none, if it is of a newer schema, or if a value is missing
   *     or not of its kind
   */
  public static ModelMetadata of(OnnxFile file) throws InputException {
    if (!isIn(file)) {
      throw new InputException(
          file.path(),
          "an ONNX file without Vocalise's metadata: export the model with"
              + " 'python -m vocalise_train export'");
    }
    String kind = file.metadata().get(PREFIX + "kind");
    if (kind != null) {
      throw new InputException(file.path(), "is a model of kind " + kind + ", not a vocoder");
    }
    Fields fields = new Fields(file.metadata());
    try {
      int schema = fields.integer("schema");
      if (schema != SCHEMA) {
        throw new InputException(
            file.path(),
            "metadata",
            "schema is " + schema + ", and only " + SCHEMA + " can be read: use a newer Vocalise");
      }
      String inverse = fields.optional("inverse_stft");
      return new ModelMetadata(
          fields.text("name"),
          fields.text("architecture"),
          fields.spec("mel_spec"),
          fields.output("output_kind"),
          inverse.equals(UNKNOWN) ? null : fields.inverse("inverse_stft"),
          fields.integer("context_frames"),
          fields.integer("chunk_frames"),
          fields.integer("samples_per_frame"),
          fields.optional("training_data"),
          fields.optional("licences"),
          fields.optional("steps"),
          fields.optional("config_sha256"),
          fields.optional("weights_sha256"),
          fields.optional("created"),
          fields.optional("exporter_version"));
    } catch (IllegalArgumentException e) {
      throw new InputException(
          file.path(), "metadata", e.getMessage() + "; export the model again");
    }
  }

  /** The values of the metadata, each an error that names its key where it is unfit. */
  private record Fields(Map<String, String> metadata) {
    String text(String key) {
      String value = metadata.get(PREFIX + key);
      if (value == null) {
        throw new IllegalArgumentException(PREFIX + key + " is missing");
      }
      return value;
    }

    String optional(String key) {
      String value = metadata.getOrDefault(PREFIX + key, UNKNOWN);
      return value.isEmpty() ? UNKNOWN : value;
    }

    int integer(String key) {
      String value = text(key);
      try {
        return Integer.parseInt(value);
      } catch (NumberFormatException e) {
        throw unfit(key, "is '" + value + "', not a whole number");
      }
    }

    OutputKind output(String key) {
      String value = text(key);
      for (OutputKind kind : OutputKind.values()) {
        if (kind.name().toLowerCase(Locale.ROOT).equals(value)) {
          return kind;
        }
      }
      throw unfit(key, "is '" + value + "', not audio, complex or magnitude");
    }

    MelSpec spec(String key) {
      try {
        return MelSpecJson.read(json(key));
      } catch (IllegalArgumentException e) {
        throw unfit(key, String.valueOf(e.getMessage()));
      }
    }

    InverseStft inverse(String key) {
      JsonNode json = json(key);
      try {
        return new InverseStft(
            JsonFields.integer(json, "nFft"),
            JsonFields.integer(json, "hop"),
            JsonFields.integer(json, "windowLength"),
            JsonFields.constant(json, "padding", MelSpec.Padding.class));
      } catch (IllegalArgumentException e) {
        throw unfit(key, String.valueOf(e.getMessage()));
      }
    }

    private JsonNode json(String key) {
      try {
        return MAPPER.readTree(text(key));
      } catch (JsonProcessingException e) {
        throw unfit(key, "is no JSON");
      }
    }

    private static IllegalArgumentException unfit(String key, String reason) {
      return new IllegalArgumentException(PREFIX + key + ": " + reason);
    }
  }
}
