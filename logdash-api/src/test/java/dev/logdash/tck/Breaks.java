package dev.logdash.tck;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Names the fact of a contract that an implementation breaks on purpose. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Breaks {
  String value();
}
