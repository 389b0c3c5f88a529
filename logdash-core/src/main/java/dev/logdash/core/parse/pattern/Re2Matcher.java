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
   * The most steps of the pattern times bytes of the line, as RE2 may look at each step for each
   * byte.
   */
  static final long MAX_LOOKS = 250_000;

  private final Pattern pattern;
  private final List<Integer> groups;
  private final int steps;

  private Re2Matcher(Pattern pattern, List<Integer> groups, int steps) {
    this.pattern = pattern;
    this.groups = groups;
    this.steps = steps;
  }

  /** The matcher of a pattern, or null if RE2 cannot express or hold it. */
  static @Nullable Re2Matcher of(Node node, int steps) {
    Re2Text text = new Re2Text();
    if (!text.write(node)) {
      return null;
    }
    try {
      // RE2/J finds the groups in a second run over what matched and a byte more, where a look at
      // what stands around can end otherwise. So the whole line is made to match.
      String whole = "\\A(?s:.*?)(?:" + text.text() + ")(?s:.*)";
      return new Re2Matcher(Pattern.compile(whole), text.groups(), steps);
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  /** Whether a line is short enough. */
  boolean takes(int length) {
    return (long) length * steps <= MAX_LOOKS;
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
