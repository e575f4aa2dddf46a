package org.vocalise.dsp.npy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The description of an array in an npy file: a Python dictionary literal with exactly the keys
 * descr, fortran_order and shape (NEP 1).
 *
 * @param descr type of an element, such as {@code <f4}
 * @param fortranOrder whether the first index varies fastest
 * @param shape lengths of the axes
 */
record NpyHeader(String descr, boolean fortranOrder, List<Long> shape) {
  /** The eight bytes before the header's length: magic string, version 1.0. */
  private static final String MAGIC = "\u0093NUMPY\u0001\u0000";

  /** NumPy leaves room for the first axis to grow to so many digits. */
  private static final int GROWTH_DIGITS = 21;

  private static final int ALIGNMENT = 64;

  /** What stands before the values of a C-ordered array of float32, as numpy.save writes it. */
  static byte[] bytes(int rows, long columns) {
    String text =
        String.format(
            Locale.ROOT,
            "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }",
            rows,
            columns);
    text += " ".repeat(GROWTH_DIGITS - Integer.toString(rows).length());
    int unpadded = MAGIC.length() + 2 + text.length() + 1;
    text += " ".repeat(ALIGNMENT - unpadded % ALIGNMENT) + "\n";
    String length = "" + (char) (text.length() & 0xFF) + (char) (text.length() >> 8);
    return (MAGIC + length + text).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The shape as Python writes it. */
  String shapeText() {
    String comma = shape.size() == 1 ? "," : "";
    return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", comma + ")"));
  }

  /**
   * Parses the literal.
   *
   * @throws IllegalArgumentException with the index of the first character that can't be there
   */
  static NpyHeader parse(String text) {
    return new Parser(text).header();
  }

  /** What is wrong with a header, and where. */
  static final class SyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Index of the offending character. */
    final int index;

    SyntaxException(int index, String message) {
      super(message);
      this.index = index;
    }
  }

  /** Takes the text from left to right. */
  private static final class Parser {
    private static final int MAX_DIGITS = 18;
    private static final int MAX_TEXT = 40;

    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    NpyHeader header() {
      String descr = null;
      Boolean fortranOrder = null;
      List<Long> shape = null;
      expect('{');
      while (!accept('}')) {
        int start = at;
        String key = string();
        expect(':');
        if (key.equals("descr") && descr == null) {
          descr = string();
        } else if (key.equals("fortran_order") && fortranOrder == null) {
          fortranOrder = truth();
        } else if (key.equals("shape") && shape == null) {
          shape = tuple();
        } else {
          throw new SyntaxException(start, "key '" + key + "' is unknown or there twice");
        }
        if (!accept(',')) {
          expect('}');
          break;
        }
      }
      skipSpace();
      if (at != text.length()) {
        throw new SyntaxException(at, "something follows the dictionary");
      }
      if (descr == null || fortranOrder == null || shape == null) {
        throw new SyntaxException(0, "one of the keys descr, fortran_order, shape is missing");
      }
      return new NpyHeader(descr, fortranOrder, shape);
    }

    private String string() {
      skipSpace();
      char quote = at < text.length() ? text.charAt(at) : ' ';
      if (quote == '[' || quote == '(') {
        throw new SyntaxException(at, "a structured type; save a plain array of '<f4'");
      }
      if (quote != '\'' && quote != '"') {
        throw new SyntaxException(at, "a quoted text is expected");
      }
      int end = text.indexOf(quote, at + 1);
      if (end < 0 || end - at > MAX_TEXT) {
        throw new SyntaxException(at, "a quoted text has no end, or not soon");
      }
      String value = text.substring(at + 1, end);
      at = end + 1;
      return value;
    }

    private boolean truth() {
      skipSpace();
      for (String word : List.of("True", "False")) {
        if (text.startsWith(word, at)) {
          at += word.length();
          return word.equals("True");
        }
      }
      throw new SyntaxException(at, "True or False is expected");
    }

    private List<Long> tuple() {
      List<Long> values = new ArrayList<>();
      expect('(');
      while (!accept(')')) {
        values.add(number());
        if (!accept(',')) {
          expect(')');
          break;
        }
      }
      return List.copyOf(values);
    }

    private long number() {
      skipSpace();
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      if (at == start || at - start > MAX_DIGITS) {
        throw new SyntaxException(start, "a length of 1 to " + MAX_DIGITS + " digits is expected");
      }
      return Long.parseLong(text.substring(start, at));
    }

    private void expect(char wanted) {
      if (!accept(wanted)) {
        throw new SyntaxException(at, "'" + wanted + "' is expected");
      }
    }

    private boolean accept(char wanted) {
      skipSpace();
      if (at < text.length() && text.charAt(at) == wanted) {
        at++;
        return true;
      }
      return false;
    }

    private void skipSpace() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
        at++;
      }
    }
  }
}
