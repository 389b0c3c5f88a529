package dev.logdash.api.auth;

import java.util.List;

/**
 * What a request brings to say who sends it. There is no way to read the address that was asked
 * for, so nothing secret can be taken from one.
 */
public interface Credentials {

  /** The values of a header, in their order; the name without regard to case. */
  List<String> headers(String name);

  /** The values of all cookies of a name. More than one is a sign that somebody planted one. */
  List<String> cookies(String name);

  /** The address of the client, as far as it can be trusted. */
  String clientAddress();
}
