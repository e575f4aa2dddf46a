package org.vocalise.cli.batch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where two JSON documents differ. */
public final class Differences {
  private Differences() {}

  /**
   * One text per differing field, for instance {@code vocoder.iterations: 32 here, 8 there}.
   *
   * @param here compared by what a JSON document of it holds
   */
  public static List<String> between(Map<String, Object> here, Map<String, Object> there) {
    List<String> found = new ArrayList<>();
    compare("", here, there, found);
    return found;
  }

  private static void compare(
      String path, @Nullable Object here, @Nullable Object there, List<String> found) {
    if (here instanceof Map<?, ?> left && there instanceof Map<?, ?> right) {
      Set<Object> keys = new LinkedHashSet<>(left.keySet());
      keys.addAll(right.keySet());
      for (Object key : keys) {
        String inner = path.isEmpty() ? key.toString() : path + "." + key;
        compare(inner, left.get(key), right.get(key), found);
      }
    } else if (!equal(here, there)) {
      found.add("%s: %s here, %s there".formatted(path, here, there));
    }
  }

  /** Numbers are compared as written: a document does not tell float from double, int from long. */
  private static boolean equal(@Nullable Object here, @Nullable Object there) {
    return Objects.equals(here, there)
        || (here instanceof Number
            && there instanceof Number
            && here.toString().equals(there.toString()));
  }
}
