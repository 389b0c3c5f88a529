package dev.logdash.core.parse.pattern;

import java.util.HashMap;
import java.util.Map;

/** The conversion words of the two libraries. */
enum LayoutDialect {
  /** The words of Logback and those that Spring Boot adds. */
  LOGBACK,
  LOG4J;

  private static final String[] LOGBACK_WORDS = {
    "DATE d date",
    "LEVEL p le level",
    "LOGGER c lo logger",
    "THREAD t thread",
    "MESSAGE m msg message maskedMessage",
    "NEW_LINE n",
    "EXCEPTION ex exception throwable xEx xException xThrowable rEx rootException nopex"
        + " nopexception wEx wex",
    "CONTEXT X mdc",
    "MARKER marker",
    "PROPERTY property",
    "CLASS C class",
    "METHOD M method",
    "FILE F file",
    "LINE L line",
    "CALLER caller",
    "RELATIVE r relative",
    "PROCESS_ID pid",
    "SEQUENCE sn sequenceNumber",
    "NANOS ms micros nano",
    "CONTEXT_NAME cn contextName",
    "SERVICE applicationName",
    "PAIRS kvp maskedKvp",
    "INSIDE replace prefix clr highlight black red green yellow blue magenta cyan white gray"
        + " boldRed boldGreen boldYellow boldBlue boldMagenta boldCyan boldWhite",
    "BRACKETED esb applicationGroup correlationId"
  };

  private static final String[] LOG4J_WORDS = {
    "DATE d date",
    "LEVEL p level",
    "LOGGER c logger",
    "THREAD t tn thread threadName",
    "THREAD_ID T tid threadId",
    "THREAD_PRIORITY tp threadPriority",
    "MESSAGE m msg message",
    "NEW_LINE n",
    "EXCEPTION ex exception throwable xEx xException xThrowable rEx rException rThrowable",
    "CONTEXT X mdc MDC K map MAP",
    "CONTEXT_STACK x NDC",
    "MARKER marker markerSimpleName",
    "CLASS C class",
    "METHOD M method",
    "FILE F file",
    "LINE L line",
    "LOCATION l location",
    "RELATIVE r relative",
    "PROCESS_ID pid processId",
    "SEQUENCE sn sequenceNumber",
    "NANOS N nano",
    "UNIQUE_ID u uuid",
    "FULL_CLASS fqcn",
    "INSIDE style highlight enc encode maxLen maxLength replace equals equalsIgnoreCase",
    "OPTIONAL notEmpty varsNotEmpty variablesNotEmpty"
  };

  private static final Map<String, LayoutWord> LOGBACK_MEANINGS = meanings(LOGBACK_WORDS);
  private static final Map<String, LayoutWord> LOG4J_MEANINGS = meanings(LOG4J_WORDS);

  private static Map<String, LayoutWord> meanings(String[] rows) {
    Map<String, LayoutWord> words = new HashMap<>();
    for (String row : rows) {
      String[] parts = row.split(" ", -1);
      for (int i = 1; i < parts.length; i++) {
        words.put(parts[i], LayoutWord.valueOf(parts[0]));
      }
    }
    return Map.copyOf(words);
  }

  /** The words and what they print. */
  Map<String, LayoutWord> words() {
    return this == LOGBACK ? LOGBACK_MEANINGS : LOG4J_MEANINGS;
  }

  /**
   * How long the word is that starts here. Logback's words end where their letters do; those of
   * Log4j where the longest that is known ends.
   */
  int lengthOfWord(String text, int from) {
    int end = from;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    if (this == LOG4J) {
      for (int shorter = end; shorter > from; shorter--) {
        if (words().containsKey(text.substring(from, shorter))) {
          return shorter - from;
        }
      }
    }
    return end - from;
  }
}
