package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.vocalise.cli.batch.Progress;
import org.vocalise.cli.batch.Work;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.mel.MelFile;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.vocoder.Vocoder;

/** Makes the waveform of one mel file. */
final class VocodeWork implements Work {
  private final Function<Path, Vocoder> vocoders;
  private final MelScale scale;
  private final WavFormat format;

  /** Makes all waveforms by one vocoder. */
  VocodeWork(Vocoder vocoder, MelScale scale, WavFormat format) {
    this(file -> vocoder, scale, format);
  }

  /** Makes each waveform by the vocoder of its mel file. */
  VocodeWork(Function<Path, Vocoder> vocoders, MelScale scale, WavFormat format) {
    this.vocoders = vocoders;
    this.scale = scale;
    this.format = format;
  }

  @Override
  public Made make(Path source, Path target, Progress progress)
      throws IOException, InterruptedException {
    refuseAudio(source);
    Vocoder vocoder = vocoders.apply(source);
    int rate = vocoder.spec().sampleRate();
    try (MelSource mel = MelFile.open(source, vocoder.spec(), scale.log());
        WavWriter writer = new WavWriter(target, rate, format)) {
      vocoder.vocode(
          mel,
          (samples, offset, length) -> {
            writer.write(samples, offset, length);
            progress.audio(length / (double) rate);
          });
      return made(mel.frames(), rate, writer.samples(), writer.clipped());
    }
  }

  private static Made made(long frames, int rate, long samples, long clipped) {
    double seconds = samples / (double) rate;
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("frames", frames);
    facts.put("samples", samples);
    facts.put("seconds", seconds);
    facts.put("clipped", clipped);
    List<String> warnings =
        clipped == 0
            ? List.of()
            : List.of(clipped + " samples were clipped; --format float32 keeps them");
    String line = String.format(Locale.ROOT, "%d samples, %.2f s", samples, seconds);
    return new Made(facts, line, warnings);
  }

  private static void refuseAudio(Path source) throws InputException {
    if (FileKinds.AUDIO.includes(source)) {
      throw new InputException(
          source, "is audio, and vocode reads mels: make one with 'vocalise mel' first");
    }
  }
}
