package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.Inputs;
import org.vocalise.cli.batch.Job;
import org.vocalise.cli.batch.Manifest;
import org.vocalise.cli.batch.OutputFile;
import org.vocalise.cli.batch.OutputFolder;
import org.vocalise.cli.batch.Plan;
import org.vocalise.cli.batch.Run;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.vocoder.Vocoder;
import org.vocalise.inference.Device;
import org.vocalise.inference.ModelStore;
import org.vocalise.inference.OnnxVocoder;
import org.vocalise.inference.SpecMismatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vocalise submit}. */
@Command(
    name = "submit",
    description = {
      "Make the homework's hand-in from the test mels.",
      "Writes ID/001.wav and so on, ID.zip of them, and ID-code.zip: the program, the model and how"
          + " to run them, with which a grader makes the same wav files."
    },
    footer = {
      "",
      "Examples:",
      "  vocalise submit --student-id r12345678 --mels test -o hand-in",
      "  vocalise submit --student-id r12345678 --model model.onnx --mels test",
      "  vocalise submit --student-id r12345678 --engine griffin-lim --mels test"
    })
final class SubmitCommand implements Callable<Integer> {
  private static final Pattern STUDENT_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");

  @Option(
      names = "--student-id",
      required = true,
      paramLabel = "ID",
      description = "Names the folder and the files: letters, digits, - and _.")
  private String studentId = "";

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      description =
          "Neural vocoder: an ONNX file, or a name of 'vocalise models list'; default: the shipped"
              + " singing-small, as vocode has it.")
  private @Nullable String model;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "onnx (default), or griffin-lim: a baseline to hand in, without a network.")
  private EngineOptions.Engine engine = EngineOptions.Engine.ONNX;

  @Option(
      names = "--mels",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder of the test mels, 001.npy to 030.npy, linear power as the brief has it.")
  private Path mels = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Where the hand-in is put; default: the current folder.")
  private Path target = Path.of("");

  @Option(
      names = "--allow-missing",
      description = "Hand in what there are mels for, where some of the 30 are missing.")
  private boolean allowMissing;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Files to work on at a time; default: one per processor.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(names = "--overwrite", description = "Replace an earlier hand-in.")
  private boolean overwrite;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!STUDENT_ID.matcher(studentId).matches()) {
      throw new UsageException(
          "--student-id '%s': give letters, digits, - and _, at most 32, such as r12345678"
              .formatted(studentId));
    }
    if (jobs < 1) {
      throw new UsageException("--jobs " + jobs + ": give a number of at least 1");
    }
    if (!Files.isDirectory(mels)) {
      throw new InputException(mels, "is no folder; name the one that holds the test mels");
    }
    Path file = modelFile();
    Path jar = RunningJar.find();
    Inputs inputs = Inputs.collect(List.of(mels), FileKinds.MEL, null);
    Console console = output.console();
    TestSetNames.check(mels, inputs.items(), allowMissing).forEach(console::warning);
    Path wavs = target.resolve(studentId);
    Plan plan = Plan.of(inputs, wavs.toString(), FileKinds.MEL, ".wav");
    Path zip = target.resolve(studentId + ".zip");
    Path code = target.resolve(studentId + "-code.zip");
    refuseExisting(plan, wavs, zip, code);
    try (Vocoder vocoder = vocoder(file, plan.jobs().size())) {
      Manifest manifest =
          Manifest.of("vocode", VocodeSettings.of(vocoder, MelScale.LINEAR, WavFormat.PCM16));
      if (model == null) {
        console.note(
            file == null
                ? "vocoder: Griffin-Lim"
                : "vocoder: " + ModelStore.name(file) + ", which ships with vocalise");
      }
      OutputFolder.make(wavs);
      Files.deleteIfExists(zip);
      Files.deleteIfExists(code);
      // Without a folder, the run leaves its record to us: the folder holds wav files only.
      Run run =
          new Run(
              new Plan(plan.jobs(), null),
              manifest,
              new Run.Options(jobs, overwrite, false, output.debug()),
              console);
      int exitCode = run.execute(new VocodeWork(vocoder, MelScale.LINEAR, WavFormat.PCM16));
      if (exitCode != ExitCode.DONE) {
        console.error("no zip file was written: it would be incomplete");
        return exitCode;
      }
      OutputFile.write(zip, true, temporary -> zipWavs(plan, temporary));
      CodeBundle bundle = new CodeBundle(studentId, jar, file, manifest);
      OutputFile.write(
          code,
          true,
          temporary -> {
            bundle.write(temporary);
            return code;
          });
    }
    console.result(zip + ": the wav files, to be uploaded");
    console.result(code + ": the code and how to run it, to be uploaded");
    return ExitCode.DONE;
  }

  private void refuseExisting(Plan plan, Path wavs, Path zip, Path code) throws IOException {
    for (Path file : List.of(zip, code)) {
      if (!overwrite && Files.exists(file)) {
        throw new UsageException(file + ": exists already; --overwrite replaces it");
      }
    }
    if (!Files.exists(wavs)) {
      return;
    }
    Set<Path> own = plan.jobs().stream().map(Job::target).collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(wavs)) {
      List<Path> others = files.filter(file -> !own.contains(file)).sorted().toList();
      if (!others.isEmpty()) {
        throw new UsageException(
            "%s: would be handed in with the wav files; move it out of the folder"
                .formatted(others.get(0)));
      }
    }
  }

  /** The network to hand in; null for Griffin-Lim. */
  private @Nullable Path modelFile() throws IOException {
    if (engine == EngineOptions.Engine.GRIFFIN_LIM) {
      if (model != null) {
        throw new UsageException("--model and --engine griffin-lim exclude each other");
      }
      return null;
    }
    Path file = model == null ? ModelStore.standard().shipped() : ModelStore.standard().find(model);
    if (file == null) {
      throw new UsageException("this program was built without a model: name one with --model");
    }
    return file;
  }

  /** On the CPU, where a grader's run gives the same bytes. */
  private Vocoder vocoder(@Nullable Path file, int files) throws IOException {
    if (file == null) {
      return new EngineOptions().griffinLim(MelSpec.NTU, null);
    }
    OnnxVocoder vocoder = OnnxVocoder.open(file, new Device.Cpu(), Math.max(1, jobs / files));
    if (!vocoder.spec().equals(MelSpec.NTU)) {
      String difference = SpecMismatch.describe(vocoder.spec(), MelSpec.NTU);
      vocoder.close();
      throw new InputException(file, difference);
    }
    return vocoder;
  }

  private Path zipWavs(Plan plan, Path temporary) throws IOException {
    try (StoredZip zip = new StoredZip(temporary)) {
      for (Job job : plan.jobs()) {
        zip.add(studentId + "/" + job.output(), job.target());
      }
    }
    return temporary;
  }
}
