package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.inference.ModelMetadata;
import org.vocalise.inference.ModelStore;
import org.vocalise.inference.OnnxFile;
import org.vocalise.inference.OnnxVocoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vocalise models}. */
@Command(
    name = "models",
    description = {
      "List, describe, check and add neural vocoders and scoring networks in ONNX files.",
      "Models lie in the folder onnx beside the program, and in ~/.vocalise/models."
    },
    footer = {
      "",
      "Examples:",
      "  vocalise models list",
      "  vocalise models add model.onnx",
      "  vocalise models add crepe-full",
      "  vocalise models show model",
      "  vocalise models verify"
    },
    subcommands = {
      ModelsCommand.ListModels.class,
      ModelsCommand.Show.class,
      ModelsCommand.Verify.class,
      AddModelCommand.class,
    })
final class ModelsCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Without a subcommand there is nothing to do: help, as an error. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }

  /** {@code vocalise models list}. */
  @Command(
      name = "list",
      description = "List the models that have a name.",
      footer = {"", "Example:", "  vocalise models list"})
  static final class ListModels implements Callable<Integer> {
    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
      Console console = output.console();
      ModelStore store = ModelStore.standard();
      List<Map<String, Object>> entries = new ArrayList<>();
      for (Map.Entry<String, Path> model : store.models().entrySet()) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", model.getKey());
        entry.put("file", model.getValue().toString());
        entries.add(entry);
        console.result(model.getKey() + ": " + words(model.getValue(), entry));
      }
      if (entries.isEmpty()) {
        console.note("no models in " + store.folders() + "; add one: vocalise models add FILE");
      }
      console.document(document("models", entries));
      return ExitCode.DONE;
    }

    /** A model in a few words; one that can't be used keeps the others listed. */
    private static String words(Path file, Map<String, Object> entry) {
      try {
        OnnxFile onnx = OnnxFile.read(file);
        if (ModelMetadata.isIn(onnx) && !ModelMetadata.isVocoder(onnx)) {
          String kind = String.valueOf(onnx.metadata().get("vocalise.kind"));
          entry.put("kind", kind);
          return kind + ", " + file;
        }
        ModelMetadata metadata = ModelMetadata.of(onnx);
        entry.put("kind", "vocoder");
        entry.put("architecture", metadata.architecture());
        entry.put("mel_spec", MelSpecFields.of(metadata.spec()));
        return String.format(
            Locale.ROOT,
            "vocoder, %s, %d bands at %d Hz, %s",
            metadata.architecture(),
            metadata.spec().bands(),
            metadata.spec().sampleRate(),
            file);
      } catch (IOException e) {
        entry.put("error", String.valueOf(e.getMessage()));
        return "can't be used: " + e.getMessage();
      }
    }
  }

  /** {@code vocalise models show}. */
  @Command(
      name = "show",
      description = "Print all that a model says of itself.",
      footer = {"", "Example:", "  vocalise models show model.onnx"})
  static final class Show implements Callable<Integer> {
    @Parameters(paramLabel = "NAME|FILE", description = "A name of the list, or an ONNX file.")
    private String model = "";

    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
      Console console = output.console();
      OnnxFile file = OnnxFile.read(ModelStore.standard().find(model));
      if (!ModelMetadata.isIn(file) || ModelMetadata.isVocoder(file)) {
        // Refuses what vocode would refuse.
        ModelMetadata unused = ModelMetadata.of(file);
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", 1);
      document.put("file", file.path().toString());
      console.result("file: " + file.path());
      file.metadata()
          .forEach(
              (key, value) -> {
                String name = key.startsWith("vocalise.") ? key.substring(9) : key;
                console.result(name + ": " + value);
                document.putIfAbsent(name, value);
              });
      console.document(document);
      return ExitCode.DONE;
    }
  }

  /** {@code vocalise models verify}. */
  @Command(
      name = "verify",
      description = {
        "Compare a model's weights with the hash in its metadata, and run a frame through it."
      },
      footer = {"", "Example:", "  vocalise models verify model.onnx"})
  static final class Verify implements Callable<Integer> {
    @Parameters(
        arity = "0..*",
        paramLabel = "NAME|FILE",
        description = "Names of the list, or ONNX files; default: all of the list.")
    private List<String> models = List.of();

    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
      Console console = output.console();
      ModelStore store = ModelStore.standard();
      List<Path> files = new ArrayList<>();
      for (String model : models) {
        files.add(store.find(model));
      }
      if (models.isEmpty()) {
        files.addAll(store.models().values());
      }
      int code = ExitCode.DONE;
      List<Map<String, Object>> entries = new ArrayList<>();
      for (Path file : files) {
        OnnxFile onnx = OnnxFile.read(file);
        String recorded = onnx.metadata().getOrDefault("vocalise.weights_sha256", "unknown");
        String found = onnx.weightsSha256();
        boolean same = recorded.equals(found);
        if (same && ModelMetadata.isVocoder(onnx)) {
          OnnxVocoder.open(file).close();
        }
        String verdict = same ? "identical" : "weights " + found + ", metadata " + recorded;
        console.result(file + ": " + verdict);
        code = same ? code : ExitCode.DIFFERENT;
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("file", file.toString());
        entry.put("identical", same);
        entry.put("weights_sha256", found);
        entries.add(entry);
      }
      console.document(document("files", entries));
      return code;
    }
  }

  private static Map<String, Object> document(String key, List<Map<String, Object>> entries) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", 1);
    document.put(key, entries);
    return document;
  }
}
