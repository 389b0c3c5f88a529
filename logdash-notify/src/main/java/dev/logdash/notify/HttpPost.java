package dev.logdash.notify;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.http.protocol.RequestUserAgent;
import org.jspecify.annotations.Nullable;

/**
 * Sends one POST over a connection of its own. It follows nothing and remembers nothing, and of the
 * answer it reads the head alone, since the status says all that is needed.
 */
final class HttpPost {

  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(8 << 10).setMaxHeaderCount(100).build();
  private static final HttpProcessor HEADERS =
      HttpProcessorBuilder.create()
          .addAll(
              RequestTargetHost.INSTANCE, RequestContent.INSTANCE, new RequestUserAgent("logdash"))
          .build();

  private HttpPost() {}

  /**
   * What counts of an answer.
   *
   * @param retryAfter in seconds, or as a date
   */
  record Answer(int status, @Nullable String retryAfter, @Nullable String date) {}

  static Answer send(
      Attempt attempt,
      Egress.Checked addresses,
      HttpPlace place,
      Map<String, String> headers,
      byte[] body)
      throws IOException, HttpException {
    Socket socket = attempt.connect(addresses, place.port());
    // The end of the attempt closes the socket; closing the connection would read the rest first.
    DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(LIMITS);
    connection.bind(place.secure() ? secured(socket, place) : socket);
    ClassicHttpRequest request =
        new BasicClassicHttpRequest(
            "POST",
            new HttpHost(place.secure() ? "https" : "http", place.host(), place.port()),
            place.target());
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    request.setHeader(HttpHeaders.CONNECTION, "close");
    headers.forEach(request::setHeader);
    HttpCoreContext context = HttpCoreContext.create();
    HEADERS.process(request, request.getEntity(), context);
    ClassicHttpResponse response = new HttpRequestExecutor().execute(request, connection, context);
    return new Answer(
        response.getCode(),
        value(response, HttpHeaders.RETRY_AFTER),
        value(response, HttpHeaders.DATE));
  }

  /** The name is checked against the certificate, and sent to a server that has several. */
  private static SSLSocket secured(Socket socket, HttpPlace place) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secured = (SSLSocket) factory.createSocket(socket, place.host(), place.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private static @Nullable String value(ClassicHttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }
}
