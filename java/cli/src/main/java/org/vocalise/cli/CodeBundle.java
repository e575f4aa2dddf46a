package org.vocalise.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Json;
import org.vocalise.cli.batch.Manifest;
import org.vocalise.cli.batch.Platform;

/**
 * What a grader runs: the program, the model, what Python needs, how to run it, and the record of
 * the run that made the wav files. No training data, no mels, no caches.
 *
 * @param studentId names the folder inside the file
 * @param jar the program
 * @param model ONNX file; null for Griffin-Lim
 * @param manifest of the wav files
 */
record CodeBundle(String studentId, Path jar, @Nullable Path model, Manifest manifest) {
  private static final String MODEL = "model.onnx";

  /** Writes the files, sorted by name, below a folder {@code ID-code}. */
  void write(Path target) throws IOException {
    String folder = studentId + "-code/";
    try (StoredZip zip = new StoredZip(target)) {
      zip.add(folder + "README.txt", readme().getBytes(StandardCharsets.UTF_8));
      byte[] record = Json.write(manifest.document()).getBytes(StandardCharsets.UTF_8);
      zip.add(folder + Manifest.FILE_NAME, record);
      if (model != null) {
        zip.add(folder + MODEL, model);
      }
      zip.add(folder + "requirements.txt", resource("requirements.txt"));
      zip.add(folder + "vocalise.jar", jar);
      zip.add(folder + "vocode.py", resource("vocode.py"));
    }
  }

  private String readme() {
    String option = model == null ? "" : " --model " + MODEL;
    int files = manifest.outputs().size();
    return """
        Singing from mel spectrograms, handed in by %s.
        Made with Vocalise %s, %s.

        Needed: Python 3.10 or newer on Linux, Windows or macOS, 64 bit. No Java, no GPU, no other
        package. In this folder, best in a new virtual environment:

          pip install -r requirements.txt
          python vocode.py vocode TEST -o OUT%s

        TEST is the folder of the test mels (001.npy and so on), OUT the folder for the wav files,
        which is made; both may lie anywhere.

        Are they the wav files that were handed in? This makes them again, without writing them,
        and compares their SHA-256 with those in manifest.json:

          python vocode.py vocode TEST --verify manifest.json%s

        It ends with "%d of %d files identical". On a processor of another family, samples may
        differ, most of them by one step of 16 bits: with the handed-in wav files beside
        manifest.json, the same command counts and measures the differences.
        """
        .formatted(
            studentId,
            Platform.vocalise(),
            model == null ? "by Griffin-Lim" : "by the neural vocoder " + MODEL,
            option,
            option,
            files,
            files);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = CodeBundle.class.getResourceAsStream("grader/" + name)) {
      if (in == null) {
        throw new IOException(name + " is not in the program's jar");
      }
      return in.readAllBytes();
    }
  }
}
