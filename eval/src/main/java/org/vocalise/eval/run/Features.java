package org.vocalise.eval.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.pitch.PitchTrack;
import org.vocalise.dsp.pitch.PitchTracker;
import org.vocalise.eval.embedding.Embedding;
import org.vocalise.eval.result.ScoresJson;

/**
 * Pitch tracks and embedding vectors of recordings, each computed once and remembered by the file's
 * content and all that decides the result. Thread-safe.
 */
final class Features {
  private final Protocol protocol;
  private final FeatureCache cache;
  private final String version;

  /**
   * Remembers in a cache.
   *
   * @param version of the program; what another one computed is not taken
   */
  Features(Protocol protocol, FeatureCache cache, String version) {
    this.protocol = protocol;
    this.cache = cache;
    this.version = version;
  }

  /**
   * The track of a signal of a pair.
   *
   * @param signal the recording's, at the protocol's rate, of the pair's length
   */
  PitchTrack track(PitchTracker tracker, Recording recording, Waveform signal)
      throws IOException, InterruptedException {
    String key = key("track", recording, signal.samples().length, tracker.settings());
    ByteBuffer known = cache.read(key);
    if (known != null) {
      return track(known);
    }
    PitchTrack track = tracker.track(protocol.forTracker(signal, tracker.sampleRate()));
    cache.write(key, bytes(track));
    return track;
  }

  /** The vectors of a recording, row-major {@code [windows][dimensions]}. */
  float[] vectors(Embedding embedding, Recording recording)
      throws IOException, InterruptedException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("embedding", embedding.name());
    settings.putAll(embedding.settings());
    String key = key("vectors", recording, recording.signal().samples().length, settings);
    ByteBuffer known = cache.read(key);
    if (known != null) {
      float[] vectors = new float[known.remaining() / Float.BYTES];
      known.asFloatBuffer().get(vectors);
      return vectors;
    }
    float[] vectors = embedding.embed(protocol.forEmbedding(recording, embedding.sampleRate()));
    ByteBuffer bytes = ByteBuffer.allocate(vectors.length * Float.BYTES);
    bytes.asFloatBuffer().put(vectors);
    cache.write(key, bytes);
    return vectors;
  }

  private String key(String kind, Recording recording, int length, Map<String, Object> settings) {
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("kind", kind);
    key.put("vocalise", version);
    key.put("sha256", recording.sha256());
    key.put("length", length);
    key.put("protocol", protocol.definition());
    key.put("settings", settings);
    return ScoresJson.line(key);
  }

  private static ByteBuffer bytes(PitchTrack track) {
    int frames = track.frames();
    ByteBuffer bytes = ByteBuffer.allocate((1 + 2 * frames) * Double.BYTES);
    bytes.asDoubleBuffer().put(track.hopSeconds()).put(track.hz()).put(track.confidence());
    return bytes;
  }

  private static PitchTrack track(ByteBuffer bytes) {
    double hop = bytes.getDouble();
    double[] hz = new double[bytes.remaining() / (2 * Double.BYTES)];
    double[] confidence = new double[hz.length];
    bytes.asDoubleBuffer().get(hz).get(confidence);
    return new PitchTrack(hz, confidence, hop);
  }
}
