package dev.logdash.tck.mutants.server;

import dev.logdash.tck.mutantdriver.Client;
import dev.logdash.tck.mutants.core.text.Words;
import java.time.Clock;
import reactor.core.publisher.Mono;

/** The command line waits, prints, makes the clock and knows everybody; no rule is broken. */
public final class MayDoAllThat {
  public Client client() {
    System.out.println(Words.class.getName() + Clock.systemUTC() + Mono.empty().block());
    return new Client();
  }
}
