package org.vocalise.inference;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes ONNX files of a few operators for tests; field numbers as in onnx.proto. */
final class OnnxBuilder {
  private final Message graph = new Message();
  private final Message model = new Message();
  private int names;

  /** An input or output of float32; a size below 0 is open. */
  OnnxBuilder input(String name, long... shape) {
    graph.bytes(11, valueInfo(name, shape));
    return this;
  }

  OnnxBuilder output(String name, long... shape) {
    graph.bytes(12, valueInfo(name, shape));
    return this;
  }

  OnnxBuilder metadata(String key, String value) {
    model.bytes(14, new Message().text(1, key).text(2, value));
    return this;
  }

  OnnxBuilder metadata(Map<String, String> entries) {
    entries.forEach(this::metadata);
    return this;
  }

  /** A constant tensor; returns its name. */
  String floats(float[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return tensor(1, raw.array(), shape);
  }

  String longs(long... values) {
    ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    return tensor(7, raw.array(), values.length);
  }

  private String tensor(int type, byte[] raw, long... shape) {
    String name = "w" + names++;
    Message tensor = new Message();
    for (long size : shape) {
      tensor.varint(1, size);
    }
    graph.bytes(5, tensor.varint(2, type).text(8, name).bytes(9, raw));
    return name;
  }

  /** A node with one output; attributes are {@code name, long[]}, or {@code name, Long}. */
  OnnxBuilder node(String operator, String output, String[] inputs, Object... attributes) {
    Message node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, output).text(4, operator);
    for (int i = 0; i < attributes.length; i += 2) {
      Message attribute = new Message().text(1, (String) attributes[i]);
      if (attributes[i + 1] instanceof long[] values) {
        for (long value : values) {
          attribute.varint(8, value);
        }
        attribute.varint(20, 7);
      } else {
        attribute.varint(3, (Long) attributes[i + 1]).varint(20, 2);
      }
      node.bytes(5, attribute);
    }
    graph.bytes(1, node);
    return this;
  }

  byte[] bytes() {
    Message file = new Message().varint(1, 8);
    file.bytes(7, graph.text(2, "test"));
    file.bytes(8, new Message().varint(2, 17));
    file.append(model);
    return file.toBytes();
  }

  Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }

  private static Message valueInfo(String name, long... shape) {
    Message dimensions = new Message();
    for (int i = 0; i < shape.length; i++) {
      Message size = new Message();
      dimensions.bytes(1, shape[i] < 0 ? size.text(2, "d" + i) : size.varint(1, shape[i]));
    }
    Message tensor = new Message().varint(1, 1).bytes(2, dimensions);
    return new Message().text(1, name).bytes(2, new Message().bytes(1, tensor));
  }

  /** A protobuf message. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message varint(int field, long value) {
      write((long) field << 3);
      write(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message bytes(int field, Message value) {
      return bytes(field, value.toBytes());
    }

    Message bytes(int field, byte[] value) {
      write((long) field << 3 | 2);
      write(value.length);
      out.writeBytes(value);
      return this;
    }

    void append(Message other) {
      out.writeBytes(other.toBytes());
    }

    byte[] toBytes() {
      return out.toByteArray();
    }

    private void write(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
