package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLinesTest {

  @Test
  void theHelpNamesEveryCommandAndTheExitCodes() {
    CommandRun.Answer answer = new CommandRun().run("--help");

    assertThat(answer.code()).isZero();
    assertThat(answer.out())
        .contains("parse", "import", "search", "stats", "doctor", "version", "demo", "Exit codes:");
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void everyCommandHasAHelpOfItsOwn() {
    for (String command :
        new String[] {"parse", "import", "search", "stats", "doctor", "version", "demo"}) {
      CommandRun.Answer answer = new CommandRun().run(command, "--help");

      assertThat(answer.code()).as(command).isZero();
      assertThat(answer.out()).startsWith("Usage: logdash " + command);
    }
  }

  @Test
  void noCommandIsMisuse() {
    CommandRun.Answer answer = new CommandRun().run();

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).contains("Usage: logdash");
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheNearest() {
    CommandRun.Answer answer = new CommandRun().run("serach", "error");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("'serach'", "logdash search", "Try 'logdash --help'");
  }

  @Test
  void aMistypedOptionIsAnsweredWithTheNearest() {
    CommandRun.Answer answer = new CommandRun().run("search", "error", "--limt", "5");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("--limt", "--limit", "Try 'logdash search --help'");
  }

  @Test
  void theVersionNamesTheJava() {
    CommandRun.Answer answer = new CommandRun().property("java.version", "17.0.9").run("version");

    assertThat(answer.code()).isZero();
    assertThat(answer.lines().get(0)).startsWith("logdash ");
    assertThat(answer.lines().get(1)).startsWith("Java 17.0.9");
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoFailure() {
    assertThat(codeWhenWritingFailsWith("Broken pipe").code()).isZero();
    assertThat(codeWhenWritingFailsWith("Broken pipe").err()).isEmpty();
  }

  @Test
  void anOutputThatCannotBeWrittenIsAFailure() {
    CommandRun.Answer answer = codeWhenWritingFailsWith("No space left on device");

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("No space left on device");
  }

  private static CommandRun.Answer codeWhenWritingFailsWith(String message) {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(message);
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            broken,
            err,
            false,
            false,
            Map.of(),
            Map.of(),
            Clock.systemUTC());
    int code = CommandLines.run(console, "version");
    return new CommandRun.Answer(code, "", err.toString());
  }
}
