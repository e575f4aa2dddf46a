package org.vocalise.eval.embedding;

import java.io.IOException;
import java.util.List;
import org.vocalise.inference.ModelStore;

/** The embeddings, by name. Thread-safe. */
public final class Embeddings {
  private Embeddings() {}

  /** All names; the first needs no model. */
  public static List<String> names() {
    return List.of(LogMelEmbedding.NAME, NetworkEmbedding.VGGISH, NetworkEmbedding.EFFICIENTAT);
  }

  /**
   * Opens an embedding.
   *
   * @param models where the networks lie
   * @throws IllegalArgumentException if there is no such embedding; the message lists all
   * @throws org.vocalise.dsp.io.InputException if its model was not added yet; the message has the
   *     command
   */
  public static Embedding open(String name, ModelStore models) throws IOException {
    return switch (name) {
      case LogMelEmbedding.NAME -> new LogMelEmbedding();
      case NetworkEmbedding.VGGISH -> NetworkEmbedding.vggish(models.find(name));
      case NetworkEmbedding.EFFICIENTAT -> NetworkEmbedding.efficientAt(models.find(name));
      default ->
          throw new IllegalArgumentException(
              "no embedding '%s': there are %s".formatted(name, String.join(", ", names())));
    };
  }
}
