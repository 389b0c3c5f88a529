package dev.logdash.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.tck.Notifications;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.swing.text.MutableAttributeSet;
import javax.swing.text.html.HTML;
import javax.swing.text.html.HTMLEditorKit;
import javax.swing.text.html.parser.ParserDelegator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class EmailHtmlTest {

  @SuppressWarnings("unused")
  private static final List<String> TEXTS = Notifications.NAUGHTY;

  @ParameterizedTest
  @FieldSource("TEXTS")
  void makesNoMarkupOfText(String text) {
    Page plain = Page.of(EmailHtml.of(Notifications.firing("n-1")));
    Page naughty = Page.of(EmailHtml.of(Notifications.withText("n-1", text)));

    assertThat(naughty.markup).isEqualTo(plain.markup).contains("table", "pre", "a");
  }

  @ParameterizedTest
  @FieldSource("TEXTS")
  void showsWhatWouldNotBeSeen(String text) {
    String html = EmailHtml.of(Notifications.withText("n-1", text));

    assertThat(html.chars().filter(c -> c != '\n' && c != '\t'))
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT);
  }

  /** What a parser of HTML sees. */
  private static final class Page extends HTMLEditorKit.ParserCallback {

    private final List<String> markup = new ArrayList<>();

    static Page of(String html) {
      Page page = new Page();
      try {
        new ParserDelegator().parse(new StringReader(html), page, true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return page;
    }

    @Override
    public void handleStartTag(HTML.Tag tag, MutableAttributeSet attributes, int position) {
      handleSimpleTag(tag, attributes, position);
    }

    @Override
    public void handleEndTag(HTML.Tag tag, int position) {
      markup.add("/" + tag);
    }

    @Override
    public void handleSimpleTag(HTML.Tag tag, MutableAttributeSet attributes, int position) {
      markup.add(tag.toString());
      Collections.list(attributes.getAttributeNames())
          .forEach(name -> markup.add(name + "=" + attributes.getAttribute(name)));
    }

    @Override
    public void handleComment(char[] text, int position) {
      markup.add("comment");
    }
  }
}
