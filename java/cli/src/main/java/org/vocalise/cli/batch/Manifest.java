package org.vocalise.cli.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;

/**
 * The record of a run, {@code manifest.json} beside its outputs: with what program, on what machine
 * and from what settings each output was made, and its SHA-256. The same run gives the same bytes.
 * Not thread-safe.
 */
public final class Manifest {
  /** Name of the file. */
  public static final String FILE_NAME = "manifest.json";

  private static final int SCHEMA = 1;

  private final String command;
  private final String version;
  private final Map<String, Object> settings;
  private final TreeMap<String, Map<String, Object>> outputs = new TreeMap<>();
  private final List<Map<String, Object>> failed = new ArrayList<>();

  private Manifest(String command, String version, Map<String, Object> settings) {
    this.command = command;
    this.version = version;
    this.settings = settings;
  }

  /**
   * A record without outputs.
   *
   * @param command name of the command
   * @param settings all that decides the bytes of the outputs, besides the inputs
   */
  public static Manifest of(String command, Map<String, Object> settings) {
    return new Manifest(command, Platform.vocalise(), settings);
  }

  /** Reads a record that {@link #save} wrote. */
  public static Manifest load(Path file) throws IOException {
    Map<String, Object> document = Json.readObject(file);
    if (!Integer.valueOf(SCHEMA).equals(document.get("schema"))) {
      throw new InputException(
          file, "schema is " + document.get("schema") + ", and only " + SCHEMA + " can be read");
    }
    Manifest manifest =
        new Manifest(
            string(file, document, "command"),
            string(file, document, "vocalise"),
            object(file, "settings", document.get("settings")));
    if (!(document.get("outputs") instanceof List<?> outputs)) {
      throw new InputException(file, "outputs is not a list");
    }
    for (Object output : outputs) {
      Map<String, Object> entry = object(file, "outputs", output);
      manifest.outputs.put(string(file, entry, "name"), entry);
    }
    return manifest;
  }

  /** Name of the command. */
  public String command() {
    return command;
  }

  /** All that decides the outputs, besides the inputs. */
  public Map<String, Object> settings() {
    return settings;
  }

  /** The outputs, in the order of their names; each has {@code name, source, sha256} and more. */
  public List<Map<String, Object>> outputs() {
    return List.copyOf(outputs.values());
  }

  /** The entry of an output; null if there is none. */
  public @Nullable Map<String, Object> output(String name) {
    return outputs.get(name);
  }

  /** All that decides the outputs, besides the inputs, and the program that made them. */
  public Map<String, Object> comparable() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("command", command);
    fields.put("vocalise", version);
    fields.putAll(settings);
    return fields;
  }

  /** Takes an output into the record, in the place of an earlier one of the same name. */
  public void add(Map<String, Object> entry) {
    outputs.put((String) entry.get("name"), entry);
  }

  /** Takes a failure into the record, and what the same job had made earlier out of it. */
  public void addFailure(Job job, Failure failure) {
    outputs.remove(job.output());
    failed.add(failure.document(job.item()));
  }

  /** The record as a JSON document. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", SCHEMA);
    document.put("command", command);
    document.put("vocalise", version);
    document.put("java", Platform.java());
    document.put("os", Platform.os());
    document.put("cpu", Platform.cpu());
    document.put("device", "cpu");
    document.put("settings", settings);
    document.put("outputs", outputs());
    document.put("failed", failed);
    return document;
  }

  /** Writes the record in one step, in the place of an older one. */
  public void save(Path file) throws IOException, InterruptedException {
    OutputFile.write(file, true, temporary -> Files.writeString(temporary, Json.write(document())));
  }

  private static String string(Path file, Map<String, Object> entry, String key)
      throws IOException {
    if (entry.get(key) instanceof String text) {
      return text;
    }
    throw new InputException(file, key + " is " + entry.get(key) + ", not a text");
  }

  @SuppressWarnings("unchecked") // the keys of a JSON object are texts
  private static Map<String, Object> object(Path file, String key, @Nullable Object value)
      throws IOException {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new InputException(file, key + " holds " + value + ", not an object");
  }
}
