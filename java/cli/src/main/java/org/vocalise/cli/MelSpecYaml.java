package org.vocalise.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.io.InputFiles;
import org.vocalise.dsp.mel.MelSpec;

/**
 * Reads a mel spec from a YAML file of lines such as {@code n_fft: 2048}; fields that the file does
 * not name are those of {@code preset}, or of the preset {@code ntu}.
 */
final class MelSpecYaml {
  private static final long LARGEST_FILE = 1 << 16;

  private MelSpecYaml() {}

  /** Reads a file; an error names the file and the line. */
  static MelSpec read(Path file) throws IOException {
    try (FileChannel channel = InputFiles.open(file);
        Reader reader = Channels.newReader(channel, StandardCharsets.UTF_8);
        JsonParser parser = new YAMLFactory().createParser(reader)) {
      if (channel.size() > LARGEST_FILE) {
        throw new InputException(file, channel.size() + " bytes are too many for a mel spec");
      }
      return read(file, parser);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new InputException(file, "line " + line, "not YAML: " + firstLine(e));
    }
  }

  private static MelSpec read(Path file, JsonParser parser) throws IOException {
    MelSpec base = MelPreset.NTU.spec();
    MelSpecFields fields = new MelSpecFields();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw at(file, parser, "not lines of the form 'field: value', such as 'n_fft: 2048'");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (!parser.nextToken().isScalarValue()) {
        throw at(file, parser, name + " is not a single value");
      }
      try {
        if (name.equals("preset")) {
          base = Choice.parse(MelPreset.class, name, parser.getText()).spec();
        } else {
          fields.set(name, parser.getText());
        }
      } catch (IllegalArgumentException e) {
        throw at(file, parser, e.getMessage());
      }
    }
    try {
      return fields.over(base);
    } catch (IllegalArgumentException e) {
      throw new InputException(file, String.valueOf(e.getMessage()));
    }
  }

  private static InputException at(Path file, JsonParser parser, @Nullable String reason) {
    int line = parser.currentTokenLocation().getLineNr();
    return new InputException(file, "line " + line, String.valueOf(reason));
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("");
  }
}
