package org.vocalise.dsp.npy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.io.InputFiles;

/**
 * A matrix of floating-point numbers in an npy file, read in pieces of any place and order, in
 * memory that does not depend on the file's length. Format versions 1 to 3, little-endian float32
 * and float64, C and Fortran order, shapes (rows, columns) and (1, rows, columns). Nothing is ever
 * unpickled. Not thread-safe.
 */
public final class NpyReader implements Closeable {
  private static final int BLOCK = 1 << 16;
  private static final int MAX_HEADER = 1 << 16;
  private static final String MAGIC = "\u0093NUMPY";

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
  private final NpyHeader header;
  private final long dataStart;
  private final int itemSize;
  private final int rows;
  private final long columns;

  private NpyReader(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    long size = channel.size();
    buffer.limit(12);
    readAt(0);
    int lengthBytes = checkPreamble();
    long headerStart = 8L + lengthBytes;
    long length = lengthBytes == 2 ? buffer.getShort(8) & 0xFFFF : buffer.getInt(8) & 0xFFFF_FFFFL;
    dataStart = headerStart + length;
    if (dataStart > size || length > MAX_HEADER) {
      String reason = "header of " + length + " bytes in a file of " + size + "; damaged";
      throw InputException.atByte(file, 8, reason);
    }
    header = readHeader(headerStart, (int) length);
    itemSize = itemSize(headerStart);
    List<Long> shape = matrixShape(headerStart);
    long rowCount = shape.get(0);
    columns = shape.get(1);
    checkSize(rowCount, size);
    rows = (int) rowCount;
  }

  /**
   * Opens a file and checks its header and its length.
   *
   * @throws InputException if it is no npy file, holds another kind of array, or is damaged
   */
  public static NpyReader open(Path file) throws IOException {
    FileChannel channel = InputFiles.open(file);
    try {
      return new NpyReader(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Checks magic string and version; returns the number of bytes of the header's length. */
  private int checkPreamble() throws InputException {
    String magic = StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
    if (!magic.startsWith(MAGIC)) {
      String hint =
          magic.startsWith("PK") ? "a NumPy archive (npz)" : magic.isEmpty() ? "empty" : "another";
      String found = hint.equals("another") ? "another kind of file" : hint;
      throw new InputException(file, "not an npy file but " + found + "; write it with numpy.save");
    }
    if (buffer.limit() < 12) {
      throw InputException.atByte(file, buffer.limit(), "the file ends inside its header; damaged");
    }
    int version = buffer.get(6);
    if (version < 1 || version > 3) {
      throw InputException.atByte(file, 6, "npy format version " + version + " is not known");
    }
    return version == 1 ? 2 : 4;
  }

  private NpyHeader readHeader(long start, int length) throws IOException {
    buffer.clear().limit(length);
    readAt(start);
    String text = StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
    try {
      return NpyHeader.parse(text);
    } catch (NpyHeader.SyntaxException e) {
      InputException error =
          InputException.atByte(file, start + e.index, "header: " + e.getMessage());
      error.initCause(e);
      throw error;
    }
  }

  private int itemSize(long headerStart) throws InputException {
    String descr = header.descr();
    if (descr.equals("<f4")) {
      return 4;
    }
    if (descr.equals("<f8")) {
      return 8;
    }
    String reason;
    if (descr.contains("O")) {
      reason = "array of Python objects, which are never loaded; save a plain array of '<f4'";
    } else if (descr.equals(">f4") || descr.equals(">f8")) {
      reason = "big-endian '" + descr + "'; save it as a.astype('<f4')";
    } else {
      reason = "type '" + descr + "' is not float; save it as a.astype('<f4')";
    }
    throw InputException.atByte(file, headerStart, reason);
  }

  private List<Long> matrixShape(long headerStart) throws InputException {
    List<Long> shape = header.shape();
    int axes = shape.size();
    if (axes == 3 && shape.get(0) == 1) {
      shape = shape.subList(1, 3);
    } else if (axes != 2) {
      String found = axes > 8 ? axes + " axes" : "shape " + header.shapeText();
      throw InputException.atByte(
          file, headerStart, found + " where (rows, columns) or (1, rows, columns) is expected");
    }
    if (shape.get(0) == 0 || shape.get(1) == 0) {
      throw InputException.atByte(
          file, headerStart, "shape " + header.shapeText() + ": the array is empty");
    }
    return shape;
  }

  private void checkSize(long rowCount, long fileSize) throws InputException {
    long actual = fileSize - dataStart;
    long perRow = actual / itemSize / rowCount;
    if (rowCount > Integer.MAX_VALUE || perRow < columns) {
      String expected =
          columns <= Long.MAX_VALUE / itemSize / rowCount
              ? Long.toString(rowCount * columns * itemSize)
              : "more than 2^63";
      throw InputException.atByte(file, fileSize, sizes(expected, actual) + "; it is cut off");
    }
    long expected = rowCount * columns * itemSize;
    if (actual > expected) {
      String reason = sizes(Long.toString(expected), actual) + "; what follows is not the array's";
      throw InputException.atByte(file, dataStart + expected, reason);
    }
  }

  private String sizes(String expected, long actual) {
    String needs = "shape " + header.shapeText() + " needs " + expected + " bytes of values";
    return needs + ", the file has " + actual;
  }

  /** Number of rows, at least 1. */
  public int rows() {
    return rows;
  }

  /** Number of columns, at least 1. */
  public long columns() {
    return columns;
  }

  /** Offset in the file of a value. */
  public long byteOffset(int row, long column) {
    long index = header.fortranOrder() ? column * rows + row : row * columns + column;
    return dataStart + index * itemSize;
  }

  /**
   * Reads columns {@code first} to {@code first + count - 1}.
   *
   * @param target receives them row-major, as {@code [rows][count]}; float64 is rounded to float32
   */
  public void read(long first, int count, float[] target) throws IOException {
    if (first < 0 || count < 0 || first + count > columns) {
      throw new IndexOutOfBoundsException(
          "columns " + first + " to " + (first + count) + " of " + columns);
    }
    if (header.fortranOrder()) {
      readRun(byteOffset(0, first), Math.multiplyExact(rows, count), target, 0, rows);
    } else if (count == columns) {
      readRun(byteOffset(0, 0), Math.multiplyExact(rows, count), target, 0, 1);
    } else {
      for (int row = 0; row < rows; row++) {
        readRun(byteOffset(row, first), count, target, row * count, 1);
      }
    }
  }

  /**
   * Reads neighbouring values. Value i goes to {@code to + i}, or, if they are {@code height} long
   * columns, to row i mod height, column i div height.
   */
  private void readRun(long offset, int length, float[] target, int to, int height)
      throws IOException {
    int width = length / height;
    int row = 0;
    int column = 0;
    for (int done = 0; done < length; ) {
      int step = Math.min(length - done, BLOCK / itemSize);
      buffer.clear().limit(step * itemSize);
      readAt(offset + (long) done * itemSize);
      if (buffer.limit() < step * itemSize) {
        throw new InputException(file, "the file became shorter while it was read");
      }
      for (int i = 0; i < step; i++) {
        int at = i * itemSize;
        target[to + row * width + column] =
            itemSize == 4 ? buffer.getFloat(at) : (float) buffer.getDouble(at);
        row++;
        if (row == height) {
          row = 0;
          column++;
        }
      }
      done += step;
    }
  }

  /** Fills the buffer up to its limit from an offset on; at the file's end the limit falls. */
  private void readAt(long offset) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        break;
      }
    }
    buffer.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
