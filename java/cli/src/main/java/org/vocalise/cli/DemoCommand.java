package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.OutputFile;
import org.vocalise.cli.batch.OutputFolder;
import org.vocalise.cli.batch.Progress;
import org.vocalise.cli.batch.Work;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.resample.ResamplerKernel;
import org.vocalise.dsp.synth.SungPhrase;
import org.vocalise.dsp.vocoder.Vocoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vocalise demo}. */
@Command(
    name = "demo",
    description = {
      "Sing a phrase, make its mel, turn that into singing again, and draw both.",
      "Needs no data. Files of an earlier demo in the folder are replaced, others are left alone."
    },
    footer = {"", "Example:", "  vocalise demo"})
final class DemoCommand implements Callable<Integer> {
  private static final MelSpec SPEC = MelSpec.NTU;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Folder for the four files; default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("vocalise-demo");

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    OutputFolder.make(folder);
    Console console = output.console();
    Path original = folder.resolve("demo-1-original.wav");
    Path mel = folder.resolve("demo-2-mel.npy");
    Path vocoded = folder.resolve("demo-3-vocoded.wav");
    Path picture = folder.resolve("demo-4-comparison.png");
    Progress progress = new Progress(console, 1);

    OutputFile.write(original, true, DemoCommand::sing);
    Work melWork = new MelWork(SPEC, ResamplerKernel.SINC_HANN);
    OutputFile.write(mel, true, file -> melWork.make(original, file, progress));
    String engine;
    MelFileOptions mels = new MelFileOptions();
    try (Vocoder vocoder = new EngineOptions().vocoder(mels, 1, console, false)) {
      Map<String, Object> settings = vocoder.settings();
      engine =
          settings.get("model") == null
              ? "Griffin-Lim"
              : settings.get("model") + ", a network that ships with vocalise";
      Work work = new VocodeWork(vocoder, MelScale.LINEAR, WavFormat.PCM16);
      OutputFile.write(vocoded, true, file -> work.make(mel, file, progress));
    }
    Spectrogram before = AudioSpectrogram.of(original);
    Spectrogram after = AudioSpectrogram.of(vocoded);
    long frames = Math.min(before.frames(), after.frames());
    Comparison.write(Comparison.of(before, original, after, vocoded, frames), picture, true);
    console.clearStatus();

    console.result(original + ": a sung phrase, made by a synthesiser");
    console.result(mel + ": its mel spectrogram, 80 numbers for every 256 samples");
    console.result(vocoded + ": the mel turned into singing again, by " + engine);
    console.result(picture + ": both, and their difference");
    console.result(
        "Listen to 1 and 3: pitch, vowels and rhythm are the same, the voice is a little rougher.");
    console.result("Look at 4: the mel says nothing above 8 kHz, what is there in 3 is a guess.");
    console.result("The same with a recording of yours:");
    console.result("  vocalise mel song.wav -o song.npy");
    console.result("  vocalise vocode song.npy -o vocoded.wav");
    console.result("  vocalise plot song.wav vocoded.wav -o comparison.png");
    console.document(document(original, mel, vocoded, picture));
    return ExitCode.DONE;
  }

  private static Map<String, Object> document(Path original, Path mel, Path vocoded, Path picture) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", 1);
    document.put("original", original.toString());
    document.put("mel", mel.toString());
    document.put("vocoded", vocoded.toString());
    document.put("picture", picture.toString());
    return document;
  }

  private static Waveform sing(Path file) throws IOException {
    Waveform phrase = SungPhrase.sing(SPEC.sampleRate());
    try (WavWriter writer = new WavWriter(file, phrase.sampleRate(), WavFormat.PCM16)) {
      writer.write(phrase.samples(), 0, phrase.samples().length);
    }
    return phrase;
  }
}
