package dev.logdash.dashboard;

import dev.logdash.api.auth.Principal;
import dev.logdash.api.error.UnauthenticatedException;
import dev.logdash.dashboard.security.ServletCredentials;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request on its way through its handler, with whoever sent it. */
final class Exchange {

  private final HttpServletRequest request;
  private final Route route;
  private final Map<String, String> variables;
  private final QueryString parameters;
  private final ServletCredentials credentials;
  private final @Nullable Principal principal;

  Exchange(
      HttpServletRequest request,
      Route route,
      Map<String, String> variables,
      QueryString parameters,
      ServletCredentials credentials,
      @Nullable Principal principal) {
    this.request = request;
    this.route = route;
    this.variables = variables;
    this.parameters = parameters;
    this.credentials = credentials;
    this.principal = principal;
  }

  Exchange by(Principal whom) {
    return new Exchange(request, route, variables, parameters, credentials, whom);
  }

  ServletCredentials credentials() {
    return credentials;
  }

  /** Whoever sent it; for a route with a permission there always is somebody. */
  Principal principal() {
    if (principal == null) {
      throw new UnauthenticatedException();
    }
    return principal;
  }

  boolean isAnonymous() {
    return principal == null;
  }

  /** The part of the path that a name in braces stands for. */
  String variable(String name) {
    return Objects.requireNonNull(variables.get(name), name);
  }

  /** The value of a query parameter; the default where it is absent or empty. */
  String text(String name, String defaultValue) {
    requireDeclared(name);
    String value = parameters.value(name);
    return value.isEmpty() ? defaultValue : value;
  }

  /** The same text for the same question: the route and its parameters as they were given. */
  String question() {
    StringBuilder question = new StringBuilder(route.path());
    for (String name : route.parameters()) {
      String value = parameters.value(name);
      // With its length, so that no value can pass for another parameter.
      question
          .append('\n')
          .append(name)
          .append(' ')
          .append(value.length())
          .append(' ')
          .append(value);
    }
    return question.toString();
  }

  int number(String name, int defaultValue, int least, int most) {
    String text = text(name, Integer.toString(defaultValue));
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told like a number out of range.
    }
    throw Problem.badRequest(
        "parameter", name + " is a whole number from " + least + " to " + most + ", not: " + text);
  }

  /** The values of a parameter with commas in between. */
  List<String> list(String name) {
    String text = text(name, "");
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }

  /** The first value of a header; empty if there is none. */
  String header(String name) {
    List<String> values = credentials.headers(name);
    return values.isEmpty() ? "" : values.get(0);
  }

  InputStream body() throws IOException {
    return request.getInputStream();
  }

  /** How long the body is; -1 if the sender does not say. */
  long contentLength() {
    return request.getContentLengthLong();
  }

  /** The whole body. Waits for it. */
  byte[] body(int most) {
    if (contentLength() > most) {
      throw Problem.tooLarge("the body has more than " + most + " bytes");
    }
    try {
      byte[] bytes = body().readNBytes(most + 1);
      if (bytes.length > most) {
        throw Problem.tooLarge("the body has more than " + most + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // A parameter that the table does not name would be missing in the description of the API.
  private void requireDeclared(String name) {
    if (!route.parameters().contains(name)) {
      throw new IllegalStateException(route.path() + " does not declare " + name);
    }
  }
}
