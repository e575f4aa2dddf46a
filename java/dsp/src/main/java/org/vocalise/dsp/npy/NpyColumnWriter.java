package org.vocalise.dsp.npy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.AtomicFile;

/**
 * Writes a matrix of float32 as an npy file, column by column, in memory that does not grow with
 * their number: beyond 16 MiB the columns go to a temporary file beside the target, in blocks that
 * are row-major in themselves, and {@link #close()} joins their rows. Not thread-safe.
 */
public final class NpyColumnWriter implements Closeable {
  private static final long MAX_IN_MEMORY = 4L << 20;

  private final Path file;
  private final int rows;
  private final long maxInMemory;

  private final List<Piece> pieces = new ArrayList<>();
  private long piecesColumns;

  private @Nullable Spool spool;

  /** Number of columns of each block of the temporary file. */
  private final List<Long> blocks = new ArrayList<>();

  private boolean closed;

  /** Columns in memory, row-major. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Piece(float[] values, int count) {}

  /** The temporary file, which is never committed and so deleted in any case. */
  private record Spool(AtomicFile file, NpyOutput output) implements Closeable {
    static Spool beside(Path target) throws IOException {
      AtomicFile file = AtomicFile.create(target.resolveSibling(".vocalise-spool"), true);
      try {
        return new Spool(file, new NpyOutput(file.temporary()));
      } catch (IOException e) {
        file.close();
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      try (file) {
        output.close();
      }
    }
  }

  /**
   * Prepares a file, which {@link #close()} creates or replaces.
   *
   * @param rows number of rows, at least 1
   */
  public NpyColumnWriter(Path file, int rows) {
    this(file, rows, MAX_IN_MEMORY);
  }

  /** For tests: more than {@code maxInMemory} values go to the temporary file. */
  NpyColumnWriter(Path file, int rows, long maxInMemory) {
    if (rows < 1) {
      throw new IllegalArgumentException("rows " + rows + " is not positive");
    }
    this.file = file;
    this.rows = rows;
    this.maxInMemory = maxInMemory;
  }

  /**
   * Appends columns.
   *
   * @param values row-major {@code [rows][count]}, copied; may be longer
   */
  public void append(float[] values, int count) throws IOException {
    pieces.add(new Piece(Arrays.copyOf(values, Math.multiplyExact(rows, count)), count));
    piecesColumns += count;
    if (piecesColumns * rows > maxInMemory) {
      if (spool == null) {
        spool = Spool.beside(file);
      }
      writePieces(spool.output);
      blocks.add(piecesColumns);
      pieces.clear();
      piecesColumns = 0;
    }
  }

  private void writePieces(NpyOutput output) throws IOException {
    for (int row = 0; row < rows; row++) {
      writeRow(output, row);
    }
  }

  private void writeRow(NpyOutput output, int row) throws IOException {
    for (Piece piece : pieces) {
      output.write(piece.values, row * piece.count, piece.count);
    }
  }

  /** Writes the file. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (Spool blocksInFile = spool;
        NpyOutput output = new NpyOutput(file)) {
      long columns = piecesColumns;
      for (long block : blocks) {
        columns += block;
      }
      output.write(NpyHeader.bytes(rows, columns));
      if (blocksInFile == null) {
        writePieces(output);
      } else {
        blocksInFile.output.flush();
        join(blocksInFile.output, output);
      }
    }
  }

  private void join(NpyOutput blocksInFile, NpyOutput output) throws IOException {
    for (int row = 0; row < rows; row++) {
      long start = 0;
      for (long block : blocks) {
        long rowLength = block * Float.BYTES;
        output.copy(blocksInFile, start + row * rowLength, rowLength);
        start += rows * rowLength;
      }
      writeRow(output, row);
    }
  }
}
