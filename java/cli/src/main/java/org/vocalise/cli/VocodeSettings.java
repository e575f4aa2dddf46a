package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vocalise.cli.batch.Differences;
import org.vocalise.cli.batch.Manifest;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.vocoder.Vocoder;

/**
 * All that decides the waveforms of a run besides its mels, in a manifest and read from one.
 *
 * @param vocoder makes waveforms as that run's vocoder did
 * @param scale how the mels were stored
 * @param format how the waveforms were written
 */
record VocodeSettings(Vocoder vocoder, MelScale scale, WavFormat format) {
  /** The settings as a manifest records them. */
  static Map<String, Object> of(Vocoder vocoder, MelScale scale, WavFormat format) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("mel_spec", MelSpecFields.of(vocoder.spec()));
    settings.put("mel_scale", Choice.name(scale));
    settings.put("vocoder", vocoder.settings());
    settings.put("format", Choice.name(format));
    return settings;
  }

  /**
   * Reads the settings of a manifest.
   *
   * @throws InputException if they are not those of {@code vocode}, or this version of the program
   *     can't work as they say
   */
  static VocodeSettings read(Path file, Manifest manifest, EngineOptions engine, int coresPerFile)
      throws IOException {
    if (!manifest.command().equals("vocode")) {
      throw new InputException(file, "records a run of " + manifest.command() + ", not of vocode");
    }
    Map<String, Object> settings = manifest.settings();
    try {
      MelSpec spec = MelSpecFields.read(object(settings, "mel_spec"));
      Vocoder vocoder = engine.recorded(object(settings, "vocoder"), spec, coresPerFile);
      VocodeSettings read =
          new VocodeSettings(
              vocoder,
              Choice.parse(MelScale.class, "mel_scale", text(settings, "mel_scale")),
              Choice.parse(WavFormat.class, "format", text(settings, "format")));
      List<String> differences =
          Differences.between(of(vocoder, read.scale(), read.format()), settings);
      if (!differences.isEmpty()) {
        throw new InputException(
            file, "this version can't work as recorded: " + String.join("; ", differences));
      }
      return read;
    } catch (IllegalArgumentException e) {
      throw new InputException(file, "settings: " + e.getMessage());
    }
  }

  private static Map<?, ?> object(Map<String, Object> settings, String key) {
    if (settings.get(key) instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException(key + " is " + settings.get(key) + ", not an object");
  }

  private static String text(Map<String, Object> settings, String key) {
    return String.valueOf(settings.get(key));
  }
}
