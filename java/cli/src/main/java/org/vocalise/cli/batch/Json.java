package org.vocalise.cli.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.io.InputFiles;
import org.vocalise.eval.result.IndentedJson;

/** JSON documents as maps, written with the same bytes on every system. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper(IndentedJson.factory());

  private static final long LARGEST_DOCUMENT = 256L << 20;

  private Json() {}

  /** The document with two-space indents, keys in the maps' own order, ending with a line feed. */
  public static String write(Object document) {
    return IndentedJson.write(MAPPER, document);
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
