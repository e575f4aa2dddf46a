package org.vocalise.eval.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.picture.SpectrogramPicture;

/** Files inside a page. */
final class DataUri {
  private static final int WAV_HEADER = 44;

  private DataUri() {}

  /** A PNG file. */
  static String png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SpectrogramPicture.write(picture, bytes);
    return of("image/png", bytes.toByteArray());
  }

  /** A WAV file of 16-bit samples, clipped where they are too loud. */
  static String wav(Waveform waveform) {
    float[] samples = waveform.samples();
    int rate = waveform.sampleRate();
    ByteBuffer wav =
        ByteBuffer.allocate(WAV_HEADER + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(WAV_HEADER - 8 + 2 * samples.length).put(ascii("WAVEfmt "));
    wav.putInt(16).putShort((short) 1).putShort((short) 1).putInt(rate).putInt(2 * rate);
    wav.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(2 * samples.length);
    for (float sample : samples) {
      double rounded = Float.isFinite(sample) ? Math.rint(sample * 32768.0) : 0;
      wav.putShort((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded)));
    }
    return of("audio/wav", wav.array());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String of(String type, byte[] bytes) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }
}
