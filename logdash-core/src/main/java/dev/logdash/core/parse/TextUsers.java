package dev.logdash.core.parse;

/**
 * Finds the user whom a text names: behind {@code user}, {@code username} and their like, in quotes
 * or brackets or where the words around leave no doubt, and in {@code for ada from 10.0.0.1} where
 * the text tells of a sign-in.
 */
final class TextUsers {

  private static final int LONGEST = 128;
  private static final int LOGIN = 5;
  private static final int FOR = 9;
  private static final int FAILED = 10;
  private static final int SET_ID = 3;
  private static final int USING = 12;
  private static final String[] KEYS = {
    "user",
    "username",
    "user_name",
    "set_id",
    "accountid",
    "login",
    "account",
    "userid",
    "usrname",
    "for",
    "failed",
    "accountname",
    "using"
  };
  private static final int LONGEST_KEY = 11;
  // By length and first letter, of which no two keys have both: the place in KEYS, from 1 on.
  private static final byte[] KEY_PLACES = new byte[(LONGEST_KEY + 1) * 32];

  static {
    for (int i = 0; i < KEYS.length; i++) {
      KEY_PLACES[keyPlace(KEYS[i].length(), (byte) KEYS[i].charAt(0))] = (byte) (i + 1);
    }
  }

  // Behind these the next word is a name; elsewhere "user" may begin any sentence.
  private static final WordSet BEFORE =
      new WordSet("invalid illegal for by as unknown authenticating from find of");
  private static final WordSet BEHIND =
      new WordSet("from failed authenticated logged was at login by because has on");
  private static final WordSet NO_NAMES =
      new WordSet(
          "not name is was has with and or does did do id agent session sessions from in"
              + " on to for login logged input data account accounts authentication already"
              + " exists unknown who that this the a an by at of password request requests"
              + " failed had invalid user username authenticated cannot because tried attempted"
              + " interface details profile service found null none nil undefined");

  // What belongs to a user, and is none where only the words behind tell.
  private static final WordSet NOUNS =
      new WordSet(
          "role roles settings setting store pool group groups record table key keys token tokens"
              + " file files directory folder list entry field attribute attributes preferences"
              + " config configuration context cache type class object model entity info"
              + " information permission permissions credentials mapping schema page view"
              + " resource module identity domain home provider backend database");

  private static final boolean[] NAME_BYTES = Bytes.wordTable("._-@+\\$~", true);

  private int nameFrom;
  private int nameTo;

  /** Puts the user if the word in the range is one that names one; whether it was. */
  boolean cue(byte[] b, int from, int word, int wordEnd, int to, FieldSink sink) {
    int key = keyOf(b, word, wordEnd);
    if (key < 0
        || (word > from && (b[word - 1] == '/' || b[word - 1] == '@' || b[word - 1] == '$'))) {
      return false;
    }
    int at = wordEnd;
    // As in: user name ada, username input 'ada'
    if (key == 0 && TextHints.startsWithIgnoringCase(b, at, to, " name ")) {
      at += 5;
    } else if (key == 1 && TextHints.startsWithIgnoringCase(b, at, to, " input '")) {
      at += 6;
    }
    int behind = Bytes.skipSpaces(b, at, to);
    byte mark = Bytes.at(b, behind, to);
    boolean assigned = mark == '=' || (mark == ':' && behind == at);
    if (assigned) {
      behind = Bytes.skipSpaces(b, behind + 1, to);
    } else if (behind == at) {
      return false;
    }
    boolean enclosed = enclosed(b, behind, to);
    if (!enclosed && !bare(b, behind, to)) {
      return false;
    }
    boolean accepted;
    if (key <= 2 || key == 7) {
      accepted = assigned || enclosed || isCertain(b, from, word, to);
    } else if (key == FOR) {
      // What begins with a slash is what somebody wants to have.
      accepted =
          (enclosed ? b[nameFrom] != '/' : Bytes.startsWith(b, nameTo, to, " against "))
              && !Addresses.fills(b, nameFrom, nameTo)
              && TextHints.tellsOfSignIn(b, from, word);
    } else if (key == FAILED) {
      int before = Bytes.trimEnd(b, from, word);
      int start = TextRoles.startOfWord(b, from, before);
      accepted = mark == ':' && TextHints.equalIgnoringCase(b, start, before, "login");
    } else if (key == USING) {
      // As in: trying to login using "ada@a.example"
      int before = Bytes.trimEnd(b, from, word);
      int start = TextRoles.startOfWord(b, from, before);
      accepted =
          enclosed
              && Bytes.indexOf(b, nameFrom, nameTo, '@') > 0
              && TextHints.equalIgnoringCase(b, start, before, "login");
    } else {
      accepted = key == 6 ? enclosed : assigned && (key != LOGIN || behind == at + 1);
    }
    if (!accepted || (!enclosed && key != SET_ID && isNoName(b, nameFrom, nameTo))) {
      return false;
    }
    sink.put(Names.USER, b, nameFrom, nameTo);
    return true;
  }

  /** Puts the name in {@code for ada from ADDRESS} or {@code for ada (ADDRESS)}. */
  boolean beside(byte[] b, int from, int address, FieldSink sink) {
    int end = address;
    while (end > from && "[('\"</ ".indexOf(b[end - 1]) >= 0) {
      end--;
    }
    int word = TextRoles.startOfWord(b, from, end);
    if (TextHints.equalIgnoringCase(b, word, end, "from")) {
      end = Bytes.trimEnd(b, from, word);
    }
    int nameEnd = end > from && "'\"]>".indexOf(b[end - 1]) >= 0 ? end - 1 : end;
    int name = nameEnd;
    while (name > from && isNameByte(b[name - 1])) {
      name--;
    }
    int before = name;
    while (before > from && "'\"[< ".indexOf(b[before - 1]) >= 0) {
      before--;
    }
    int cue = TextRoles.startOfWord(b, from, before);
    if (name >= nameEnd
        || nameEnd - name > LONGEST
        || !(TextHints.equalIgnoringCase(b, cue, before, "for")
            || TextHints.equalIgnoringCase(b, cue, before, "as")
            || TextHints.equalIgnoringCase(b, cue, before, "user"))
        || isNoName(b, name, nameEnd)
        || isHost(b, from, cue)
        || Addresses.fills(b, name, nameEnd)
        || !TextHints.tellsOfSignIn(b, from, address)) {
      return false;
    }
    sink.put(Names.USER, b, name, nameEnd);
    return true;
  }

  /** Exim writes {@code login authenticator failed for a.example [10.0.0.1]}. */
  private static boolean isHost(byte[] b, int from, int cue) {
    int end = Bytes.trimEnd(b, from, cue);
    return Bytes.startsWith(b, Math.max(from, end - 20), end, "authenticator failed");
  }

  private static int keyPlace(int length, byte first) {
    return 32 * length + (first & 31);
  }

  private static int keyOf(byte[] b, int from, int to) {
    int length = to - from;
    int key = length > LONGEST_KEY ? 0 : KEY_PLACES[keyPlace(length, b[from])];
    return key > 0 && TextHints.equalIgnoringCase(b, from, to, KEYS[key - 1]) ? key - 1 : -1;
  }

  /** Whether what stands before {@code user} or behind the name shows that it is a name. */
  private boolean isCertain(byte[] b, int from, int word, int to) {
    int before = Bytes.trimEnd(b, from, word);
    int start = TextRoles.startOfWord(b, from, before);
    if (BEFORE.contains(b, start, before)) {
      return true;
    }
    // As in: user ada: authentication failure for "/a", user ada not found: /a
    if (!NOUNS.contains(b, nameFrom, nameTo)
        && (Bytes.startsWith(b, nameTo, to, ": authentication failure for \"")
            || Bytes.startsWith(b, nameTo, to, ": no such user")
            || Bytes.startsWith(b, nameTo, to, " (Login failed)")
            || Bytes.startsWith(b, nameTo, to, " not found: /"))) {
      return true;
    }
    int next = Bytes.skipSpaces(b, nameTo, to);
    if (Bytes.at(b, next, to) == '(' && Addresses.end(b, next + 1, to) > 0) {
      return true;
    }
    int end = next;
    while (end < to && Bytes.isLetter(b[end])) {
      end++;
    }
    return next > nameTo && BEHIND.contains(b, next, end);
  }

  /** Finds a name in quotes or brackets. */
  private boolean enclosed(byte[] b, int from, int to) {
    int open = Bytes.at(b, from, to) == '\\' ? from + 1 : from;
    byte mark = Bytes.at(b, open, to);
    int place = "'\"[<`".indexOf(mark);
    if (mark == 0 || place < 0) {
      return false;
    }
    int close = Bytes.indexOf(b, open + 1, Math.min(to, open + LONGEST), "'\"]>`".charAt(place));
    if (close < 0) {
      return false;
    }
    // Samba has the domain in a bracket of its own: [SHOP]\[ada]
    if (mark == '[' && Bytes.startsWith(b, close + 1, to, "\\[")) {
      int second = Bytes.indexOf(b, close + 3, Math.min(to, close + LONGEST), ']');
      if (second > 0) {
        nameFrom = close + 3;
        nameTo = second;
        return nameTo > nameFrom;
      }
    }
    nameFrom = open + 1;
    nameTo = open > from && b[close - 1] == '\\' ? close - 1 : close;
    return nameTo > nameFrom;
  }

  private boolean bare(byte[] b, int from, int to) {
    int end = from;
    while (end < to && isNameByte(b[end])) {
      end++;
    }
    while (end > from && b[end - 1] == '.') {
      end--;
    }
    nameFrom = from;
    nameTo = end;
    return end > from && end - from <= LONGEST;
  }

  private static boolean isNameByte(byte c) {
    return NAME_BYTES[c & 0xff];
  }

  private static boolean isNoName(byte[] b, int from, int to) {
    return NO_NAMES.contains(b, from, to);
  }
}
