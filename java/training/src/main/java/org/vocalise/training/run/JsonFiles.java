package org.vocalise.training.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.AtomicFile;
import org.vocalise.dsp.io.InputException;

/** Small JSON files of a run directory, and logs of an object a line. Thread-safe. */
public final class JsonFiles {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private JsonFiles() {}

  /** Writes a document whole or not at all. */
  public static void write(Path file, Object document) throws IOException {
    byte[] bytes = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
    try (AtomicFile output = AtomicFile.create(file, true)) {
      Files.write(output.temporary(), bytes);
      output.commit();
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  /** Reads a document; null if there is no such file. */
  public static <T> @Nullable T read(Path file, Class<T> type) throws IOException {
    try {
      return MAPPER.readValue(Files.readAllBytes(file), type);
    } catch (NoSuchFileException e) {
      return null;
    } catch (JsonProcessingException e) {
      String place = e.getLocation() == null ? "line 1" : "line " + e.getLocation().getLineNr();
      // Without the parser's own account of where it was.
      String fault = e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
      throw new InputException(
          file,
          place,
          "not what this program writes: " + fault + "; restore the file, or delete it");
    }
  }

  /** Reads a line; null for one that is torn or of another kind. */
  public static <T> @Nullable T line(byte[] bytes, int offset, int length, Class<T> type) {
    try {
      return MAPPER.readValue(bytes, offset, length, type);
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Adds a line in one write, after closing one that a kill has torn. Several processes may add to
   * the same file.
   */
  public static void append(Path file, Object object) throws IOException {
    byte[] line = (MAPPER.writeValueAsString(object) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(line.length + 1);
    if (torn(file)) {
      bytes.put((byte) '\n');
    }
    bytes.put(line).flip();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  /** Of a full disk Java tells no file. */
  private static IOException unwritten(Path file, IOException fault) {
    return new IOException(
        file + ": can't be written, " + fault.getMessage() + ": mend that, then try again", fault);
  }

  private static boolean torn(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      long end = channel.size();
      return end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * The objects of a log; lines that are none are left out, and a file that is missing is empty.
   */
  public static <T> List<T> lines(Path file, Class<T> type) throws IOException {
    List<T> objects = new ArrayList<>();
    EventTail tail = new EventTail(file);
    tail.poll(
        new EventTail.LineSink() {
          @Override
          public void restart() {
            objects.clear();
          }

          @Override
          public void accept(byte[] bytes, int offset, int length) {
            T object = line(bytes, offset, length, type);
            if (object != null) {
              objects.add(object);
            }
          }
        });
    return objects;
  }
}
