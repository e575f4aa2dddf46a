package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.vocalise.cli.batch.Progress;
import org.vocalise.cli.batch.Work;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.AudioSource;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.npy.NpyColumnWriter;
import org.vocalise.dsp.resample.ResamplerKernel;

/** Makes the mel of one recording. */
final class MelWork implements Work {
  private final MelSpec spec;
  private final ThreadLocal<MelExtractor> extractors;
  private final RateConversion conversion;

  MelWork(MelSpec spec, ResamplerKernel kernel) {
    this.spec = spec;
    extractors = ThreadLocal.withInitial(() -> new MelExtractor(spec));
    conversion = new RateConversion(spec.sampleRate(), kernel);
  }

  @Override
  public Made make(Path source, Path target, Progress progress) throws IOException {
    try (AudioSource recording = AudioFiles.open(source);
        AudioSource audio = conversion.of(source, recording);
        NpyColumnWriter writer = new NpyColumnWriter(target, spec.bands())) {
      double secondsPerFrame = spec.hop() / (double) spec.sampleRate();
      long frames =
          extractors
              .get()
              .extract(
                  audio,
                  (values, count) -> {
                    refuseOverflow(source, values, spec.bands() * count);
                    writer.append(values, count);
                    progress.audio(count * secondsPerFrame);
                  });
      if (frames == 0) {
        String needed = spec.shortest() + " samples at " + spec.sampleRate() + " Hz";
        throw new InputException(
            source, "too short for one frame of the mel; at least " + needed + " are needed");
      }
      return made(recording, frames, frames * secondsPerFrame);
    }
  }

  /** Samples far outside of [-1, 1], which float files may hold, have powers beyond 32 bits. */
  private static void refuseOverflow(Path source, float[] values, int count) throws InputException {
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InputException(
            source, "samples too large for a mel of 32-bit floats; scale them to [-1, 1]");
      }
    }
  }

  private Made made(AudioSource recording, long frames, double seconds) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("frames", frames);
    facts.put("seconds", seconds);
    facts.put("source_rate", recording.sampleRate());
    String line = String.format(Locale.ROOT, "%d frames, %.2f s", frames, seconds);
    if (recording.sampleRate() != spec.sampleRate()) {
      facts.put("resampler", conversion.description());
      line += ", from " + recording.sampleRate() + " Hz by " + conversion.description();
    }
    return new Made(facts, line, recording.warnings());
  }
}
