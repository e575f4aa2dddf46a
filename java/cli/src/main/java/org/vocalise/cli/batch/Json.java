package org.vocalise.cli.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.io.InputFiles;

/** JSON documents as maps, written with the same bytes on every system. */
public final class Json {
  /** Numbers in their shortest form, which differs from JDK to JDK where Java writes them. */
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build());

  private static final long LARGEST_DOCUMENT = 256L << 20;

  private Json() {}

  /** The document with two-space indents, keys in the maps' own order, ending with a line feed. */
  public static String write(Object document) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter()
            .withSeparators(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    try {
      return MAPPER.writer(printer).writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not representable as JSON: " + document, e);
    }
  }

  /** Reads an object; anything else is an error that names the file and the line. */
  static Map<String, Object> readObject(Path file) throws IOException {
    try (FileChannel channel = InputFiles.open(file)) {
      if (channel.size() > LARGEST_DOCUMENT) {
        throw new InputException(file, channel.size() + " bytes are too many for a JSON document");
      }
      return MAPPER.readValue(Channels.newInputStream(channel), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      String place = e.getLocation() == null ? "line 1" : "line " + e.getLocation().getLineNr();
      throw new InputException(file, place, "not a JSON object: " + e.getOriginalMessage());
    }
  }
}
