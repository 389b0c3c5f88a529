package dev.logdash.core.parse.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fits a pattern to lines in linear time, where trying one way after the other would not end. */
final class Re2Matcher {

  /**
   * The most looks at a line. RE2 may look at each of its steps for each character, once to find
   * out whether the line fits and once more for the columns. A machine that has just started and
   * interprets RE2 does so much in less than 50 ms.
   */
  static final long MAX_LOOKS = 40_000;

  private final Pattern pattern;
  private final List<Integer> groups;

  private Re2Matcher(Pattern pattern, List<Integer> groups) {
    this.pattern = pattern;
    this.groups = groups;
  }

  /** The matcher of a pattern, or null if RE2 cannot express or hold it. */
  static @Nullable Re2Matcher of(Node node) {
    Re2Text text = new Re2Text();
    if (!text.write(node)) {
      return null;
    }
    try {
      // RE2/J finds the groups in a second run over what matched and a byte more, where a look at
      // what stands around can end otherwise. So the whole line is made to match.
      String whole = "\\A(?s:.*?)(?:" + text.text() + ")(?s:.*)";
      return new Re2Matcher(Pattern.compile(whole), text.groups());
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  /** Whether a line of so many bytes is short enough. */
  boolean takes(int length) {
    return looks(length) <= MAX_LOOKS;
  }

  /** The most looks at a line. */
  long looks(int length) {
    // Repetitions that are counted are one step of ours, and written out in RE2.
    long runs = groups.isEmpty() ? 1 : 2;
    return runs * pattern.programSize() * (length + 1L);
  }

  /**
   * The begin and the end of each column, -1 where it is not there; null if the line does not fit.
   */
  int @Nullable [] find(byte[] b, int from, int to, int columns) {
    Characters line = new Characters(b, from, to);
    Matcher matcher = pattern.matcher(line.text());
    if (!matcher.find()) {
      return null;
    }
    int[] slots = new int[2 * columns];
    Arrays.fill(slots, -1);
    for (int group = 0; group < groups.size(); group++) {
      if (matcher.start(group + 1) >= 0) {
        slots[2 * groups.get(group)] = line.place(matcher.start(group + 1));
        slots[2 * groups.get(group) + 1] = line.place(matcher.end(group + 1));
      }
    }
    return slots;
  }
}
