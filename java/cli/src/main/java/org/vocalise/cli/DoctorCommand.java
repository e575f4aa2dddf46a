package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.Platform;
import org.vocalise.inference.OnnxRuntime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vocalise doctor}. */
@Command(
    name = "doctor",
    description = "Say what this machine has, what is missing, and how to get it.",
    footer = {"", "Example:", "  vocalise doctor"})
final class DoctorCommand implements Runnable {
  private static final long MEBIBYTE = 1 << 20;
  private static final long LITTLE_SPACE = 1024 * MEBIBYTE;
  private static final long LITTLE_HEAP = 256 * MEBIBYTE;

  /**
   * One thing that was looked at.
   *
   * @param name what it is
   * @param ok whether it is as it should be
   * @param found what was found
   * @param cure what to do where it is not; empty otherwise
   */
  private record Check(String name, boolean ok, String found, String cure) {}

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public void run() {
    List<Check> checks = new ArrayList<>();
    checks.add(info("Vocalise", Platform.vocalise()));
    checks.add(java());
    checks.add(info("system", Platform.os()));
    checks.add(info("processor", Platform.cpu() + ", " + processors() + " for this program"));
    checks.add(heap());
    checks.add(fileNames());
    checks.add(space("temporary folder", Path.of(System.getProperty("java.io.tmpdir"))));
    checks.add(onnxRuntime());
    checks.add(cuda());
    checks.add(space("this folder", Path.of("").toAbsolutePath()));
    for (ExternalTool tool : ExternalTool.ALL) {
      checks.add(tool(tool));
    }
    print(checks);
  }

  private void print(List<Check> checks) {
    Console console = output.console();
    List<Map<String, Object>> entries = new ArrayList<>();
    for (Check check : checks) {
      String cure = check.cure().isEmpty() ? "" : "; " + check.cure();
      String mark = check.ok() ? "ok  " : "!   ";
      console.result(mark + check.name() + ": " + check.found() + cure);
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", check.name());
      entry.put("ok", check.ok());
      entry.put("found", check.found());
      entry.put("cure", check.cure());
      entries.add(entry);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", 1);
    document.put("checks", entries);
    console.document(document);
  }

  private static Check info(String name, String found) {
    return new Check(name, true, found, "");
  }

  private static Check java() {
    String bits = System.getProperty("sun.arch.data.model", "unknown");
    String found = Platform.java() + ", " + bits + " bits, " + System.getProperty("java.home");
    boolean ok = !bits.equals("32");
    return new Check("Java", ok, found, ok ? "" : "install a Java of 64 bits");
  }

  private static String processors() {
    int count = Runtime.getRuntime().availableProcessors();
    return count + (count == 1 ? " core" : " cores");
  }

  private static Check heap() {
    long bytes = Runtime.getRuntime().maxMemory();
    boolean ok = bytes >= LITTLE_HEAP;
    String found = bytes / MEBIBYTE + " MiB for Java";
    return new Check("memory", ok, found, ok ? "" : "give Java more: java -Xmx512m -jar ...");
  }

  private static Check fileNames() {
    String encoding = System.getProperty("sun.jnu.encoding", "unknown");
    boolean ok =
        encoding.equalsIgnoreCase("UTF-8")
            || System.getProperty("os.name", "").startsWith("Windows");
    return new Check(
        "file names",
        ok,
        "encoding " + encoding,
        ok ? "" : "names with other than English letters can't be used: set LC_ALL=C.UTF-8");
  }

  private static Check space(String name, Path folder) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      String found =
          String.format(Locale.ROOT, "%s, %.1f GiB free", folder, free / 1024.0 / MEBIBYTE);
      if (!Files.isWritable(folder)) {
        return new Check(name, false, found + ", not writable", "choose another folder");
      }
      boolean ok = free >= LITTLE_SPACE;
      return new Check(name, ok, found, ok ? "" : "make space: a minute of audio takes 3 MiB");
    } catch (IOException e) {
      return new Check(name, false, folder + " can't be examined", "choose another folder");
    }
  }

  /** Loading it shows that the temporary folder takes its libraries and allows programs. */
  private static Check onnxRuntime() {
    try {
      return info("ONNX Runtime", OnnxRuntime.load());
    } catch (IOException e) {
      return new Check("ONNX Runtime", false, "needed for models", String.valueOf(e.getMessage()));
    }
  }

  private static Check cuda() {
    try {
      OnnxRuntime.load();
      if (!OnnxRuntime.isForGpus()) {
        return info("CUDA", "not in this build: models run on the processor");
      }
      OnnxRuntime.tryCuda(0);
      return info("CUDA", "starts on GPU 0; cuDNN is looked for when a model is opened");
    } catch (IOException e) {
      return new Check("CUDA", false, "not there", String.valueOf(e.getMessage()));
    }
  }

  private static Check tool(ExternalTool tool) {
    String version = tool.version();
    return version != null
        ? info(tool.name(), version)
        : new Check(
            tool.name(), false, "not found, needed only " + tool.purpose(), tool.installation());
  }
}
