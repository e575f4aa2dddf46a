package org.vocalise.cli.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void resultsAndTheRestGoToTwoStreams() {
    use(console(false, false, false));
    assertEquals("result\n", out.toString());
    assertEquals("note\nwarning: odd\nerror: bad?name\n", err.toString());
  }

  @Test
  void quietKeepsWarningsAndErrors() {
    use(console(true, false, true));
    assertEquals("", out.toString());
    assertEquals("warning: odd\nerror: bad?name\n", err.toString());
  }

  @Test
  void jsonIsAloneOnStandardOutput() {
    use(console(false, true, false));
    assertEquals("{\n  \"a\": 1\n}\n", out.toString());
  }

  @Test
  void statusLineGivesWayToOthers() {
    Console console = console(false, false, true);
    console.status("1 of 2");
    console.status("2 of 2");
    console.note("note");
    console.clearStatus();
    String erase = "\r\u001b[2K";
    assertEquals(erase + "1 of 2" + erase + "2 of 2" + erase + "note\n", err.toString());
  }

  private static void use(Console console) {
    console.result("result");
    console.document(Map.of("a", 1));
    console.note("note");
    console.warning("odd");
    console.error("bad\nname");
    console.clearStatus();
  }

  private Console console(boolean quiet, boolean json, boolean terminal) {
    return new Console(new PrintWriter(out), new PrintWriter(err), quiet, json, terminal);
  }
}
