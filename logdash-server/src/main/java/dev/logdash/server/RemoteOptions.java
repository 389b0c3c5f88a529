package dev.logdash.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Which server is asked, and by whom. */
final class RemoteOptions {

  private static final int MAX_PASSWORD_BYTES = 4_096;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Ask this running server, such as http://127.0.0.1:7070.")
  private @Nullable String url;

  @Option(names = "--user", paramLabel = "NAME", description = "Who asks the server.")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "The first line of it is the password; - is standard input. Without it the terminal asks.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--plain-http",
      description =
          "Allow http:// to another machine, which shows the password and the logs to the network.")
  private boolean plainHttp;

  boolean isGiven() {
    return url != null;
  }

  /**
   * Signs in at the server.
   *
   * @param usual the address where none is given
   * @throws CommandFailed if it is asked wrongly, or the server refuses
   */
  RemoteServer open(Console console, String usual) {
    URI address = address(url == null ? usual : url);
    if (user == null) {
      throw new CommandFailed(
          ExitCode.USAGE, "--user NAME says who asks " + address + "; the password is asked for");
    }
    return RemoteServer.open(address, user, password(console, user));
  }

  private URI address(String text) {
    URI given;
    try {
      given = URI.create(text.endsWith("/") ? text : text + "/");
    } catch (IllegalArgumentException e) {
      throw wrong(text, e);
    }
    String scheme = String.valueOf(given.getScheme()).toLowerCase(Locale.ROOT);
    String host = given.getHost();
    boolean complete =
        host != null
            && given.getUserInfo() == null
            && given.getQuery() == null
            && given.getFragment() == null;
    if (!complete || !(scheme.equals("http") || scheme.equals("https"))) {
      throw wrong(text, null);
    }
    if (scheme.equals("http") && !plainHttp && !HttpServer.isLoopback(host)) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "http:// to "
              + host
              + " would show the password and the logs to the network. Use https://, or"
              + " --plain-http if the network is to be trusted");
    }
    return given;
  }

  private static CommandFailed wrong(String text, @Nullable Exception cause) {
    String message =
        "--url is http:// or https:// with a host, such as https://logs.example.com, not: " + text;
    return cause == null
        ? new CommandFailed(ExitCode.USAGE, message)
        : new CommandFailed(ExitCode.USAGE, message, cause);
  }

  private String password(Console console, String name) {
    Path file = passwordFile;
    if (file == null) {
      String typed = console.password("Password of " + CommandLines.plain(name) + ": ");
      if (typed.isEmpty()) {
        throw new CommandFailed(
            ExitCode.USAGE,
            "there is no terminal to ask for the password; --password-file FILE has it, or"
                + " --password-file - for standard input");
      }
      return typed;
    }
    try (InputStream in = file.toString().equals("-") ? console.in() : Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_PASSWORD_BYTES);
      return firstLine(bytes);
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.SOFTWARE, CommandLines.sentence(file.toString(), e), e);
    }
  }

  private static String firstLine(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
  }
}
