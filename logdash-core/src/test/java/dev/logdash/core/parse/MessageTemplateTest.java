package dev.logdash.core.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageTemplateTest {

  @Test
  void looksAtEachCharacterABoundedNumberOfTimes() {
    Looks template = new Looks("{a".repeat(50_000));

    String filled = MessageTemplate.filled(template, "", new FieldSink());

    assertThat(filled).isEqualTo(template.text);
    assertThat(template.looks).isLessThan((MessageTemplate.LONGEST_NAME + 4L) * template.length());
  }

  @Test
  void looksOnceAtAPlaceOfWhichNothingIsKnown() {
    Looks template = new Looks("{a}{{b}} ".repeat(10_000));

    String filled = MessageTemplate.filled(template, "", new FieldSink());

    assertThat(filled).isEqualTo("{a}{b} ".repeat(10_000));
    assertThat(template.looks).isLessThan(6L * template.length());
  }

  /** Counts how many characters were asked for. */
  @Test
  void fillsNoMoreThanItMay() {
    FieldSink sink = new FieldSink();
    sink.put("A", "x".repeat(10_000));

    String filled = MessageTemplate.filled("{A}".repeat(10_000), "", sink);

    assertThat(filled.length()).isLessThan(3 * MessageTemplate.MOST_FILLED);
  }

  private static final class Looks implements CharSequence {

    private final String text;
    private long looks;

    Looks(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      looks += end - start;
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      looks += text.length();
      return text;
    }
  }
}
