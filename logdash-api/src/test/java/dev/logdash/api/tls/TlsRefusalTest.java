package dev.logdash.api.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class TlsRefusalTest {

  @Test
  void saysWhyACertificateIsRefused() {
    Throwable refused = new SSLHandshakeException("No name matching db found");
    refused.initCause(new CertificateException("not for db"));

    assertThat(TlsRefusal.reason(new IllegalStateException("no connection", refused)))
        .isEqualTo("not for db");
    assertThat(TlsRefusal.reason(new SSLException("Unsupported or unrecognized SSL message")))
        .isEqualTo("Unsupported or unrecognized SSL message");
  }

  @Test
  void takesAConnectionThatEndedForNoRefusal() {
    SSLHandshakeException ended = new SSLHandshakeException("Remote host terminated the handshake");
    ended.initCause(new EOFException("SSL peer shut down incorrectly"));

    assertThat(TlsRefusal.reason(ended)).isNull();
    assertThat(TlsRefusal.reason(new SSLException("Connection reset", new SocketException("x"))))
        .isNull();
    assertThat(TlsRefusal.reason(new SSLException("x", new ClosedChannelException()))).isNull();
    assertThat(
            TlsRefusal.reason(
                new SSLHandshakeException(
                    "Connection closed while SSL/TLS handshake was in progress")))
        .isNull();
    assertThat(TlsRefusal.reason(new IOException("Connection refused"))).isNull();
  }
}
