package org.vocalise.inference;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.io.InputFiles;

/**
 * What an ONNX file says of itself, read without ONNX Runtime: its custom metadata and where its
 * weights lie. Field numbers: {@code onnx.proto}, messages ModelProto, GraphProto, TensorProto.
 *
 * @param path the file
 * @param metadata custom metadata, in the file's order
 * @param weights parts of the file with the raw data of the initialisers, by their names
 */
public record OnnxFile(Path path, Map<String, String> metadata, Map<String, Section> weights) {
  private static final int LONGEST_TEXT = 1 << 20;

  /**
   * A part of the file.
   *
   * @param offset of its first byte
   * @param length in bytes
   */
  public record Section(long offset, long length) {}

  /**
   * Reads a file.
   *
   * @throws InputException if it is no ONNX model, or is cut off; it names the byte
   */
  public static OnnxFile read(Path file) throws IOException {
    try (FileChannel channel = InputFiles.open(file)) {
      ProtobufReader reader = new ProtobufReader(file, channel);
      if (reader.size() == 0) {
        throw new InputException(file, "is empty; export or download the model again");
      }
      Map<String, String> metadata = new LinkedHashMap<>();
      Map<String, Section> weights = new TreeMap<>();
      boolean graph = false;
      while (reader.next(reader.size())) {
        long end = reader.position() + reader.length();
        if (reader.field() == 7 && reader.wireType() == ProtobufReader.BYTES) {
          graph = true;
          readGraph(reader, end, weights);
        } else if (reader.field() == 14 && reader.wireType() == ProtobufReader.BYTES) {
          readEntry(reader, end, metadata);
        } else {
          reader.skip();
        }
      }
      if (!graph) {
        throw new InputException(file, "no ONNX model: it has no graph; export it again");
      }
      return new OnnxFile(
          file, Collections.unmodifiableMap(metadata), Collections.unmodifiableMap(weights));
    }
  }

  private static void readGraph(ProtobufReader reader, long end, Map<String, Section> weights)
      throws IOException {
    while (reader.next(end)) {
      if (reader.field() == 5 && reader.wireType() == ProtobufReader.BYTES) {
        readTensor(reader, reader.position() + reader.length(), weights);
      } else {
        reader.skip();
      }
    }
  }

  private static void readTensor(ProtobufReader reader, long end, Map<String, Section> weights)
      throws IOException {
    String name = "";
    Section data = new Section(end, 0);
    while (reader.next(end)) {
      if (reader.field() == 8) {
        name = reader.text(LONGEST_TEXT);
        continue;
      }
      // raw_data, or packed float_data, int32_data, int64_data: the same bytes for floats.
      if (reader.wireType() == ProtobufReader.BYTES
          && (reader.field() == 9 || reader.field() == 4 || reader.field() == 7)) {
        data = new Section(reader.position(), reader.length());
      }
      reader.skip();
    }
    weights.put(name, data);
  }

  private static void readEntry(ProtobufReader reader, long end, Map<String, String> metadata)
      throws IOException {
    String key = "";
    String value = "";
    while (reader.next(end)) {
      switch (reader.field()) {
        case 1 -> key = reader.text(LONGEST_TEXT);
        case 2 -> value = reader.text(LONGEST_TEXT);
        default -> reader.skip();
      }
    }
    metadata.put(key, value);
  }

  /**
   * SHA-256 over the initialisers in the order of their names: of each the name in UTF-8, then its
   * raw data. 64 lower-case hexadecimal digits.
   */
  public String weightsSha256() throws IOException {
    MessageDigest digest = sha256();
    byte[] block = new byte[1 << 16];
    try (FileChannel channel = InputFiles.open(path)) {
      ProtobufReader reader = new ProtobufReader(path, channel);
      for (Map.Entry<String, Section> weight : weights.entrySet()) {
        digest.update(weight.getKey().getBytes(StandardCharsets.UTF_8));
        long end = weight.getValue().offset() + weight.getValue().length();
        reader.seek(weight.getValue().offset());
        for (int n = reader.read(block, end); n > 0; n = reader.read(block, end)) {
          digest.update(block, 0, n);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
