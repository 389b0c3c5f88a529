package dev.logdash.benchmarks.jmh;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Drain as its paper has it (He et al., ICWS 2017), with the defaults of Drain3 and without masks:
 * a tree of fixed depth by the number of tokens and the first tokens, below it clusters that a
 * message joins if enough of its tokens are the same. There is no library of it for Java on Maven
 * Central.
 */
final class PlainDrain {

  private static final String ANY = "<*>";
  private static final double SIMILARITY = 0.4;
  private static final int TOKEN_LEVELS = 2;
  private static final int MOST_CHILDREN = 100;

  private final Map<Integer, Node> byLength = new HashMap<>();
  private int clusters;

  private static final class Node {
    final Map<String, Node> children = new HashMap<>();
    final List<String[]> templates = new ArrayList<>();
  }

  /** The template of a message, which is learned from. */
  String[] add(String message) {
    String[] tokens = tokens(message);
    Node leaf = leaf(tokens);
    int place = closest(leaf.templates, tokens);
    if (place < 0) {
      leaf.templates.add(tokens);
      clusters++;
      return tokens;
    }
    String[] template = leaf.templates.get(place);
    for (int i = 0; i < template.length; i++) {
      if (!template[i].equals(tokens[i])) {
        template[i] = ANY;
      }
    }
    return template;
  }

  int clusters() {
    return clusters;
  }

  private static String[] tokens(String message) {
    List<String> tokens = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= message.length(); i++) {
      if (i == message.length() || message.charAt(i) == ' ') {
        if (i > start) {
          tokens.add(message.substring(start, i));
        }
        start = i + 1;
      }
    }
    return tokens.toArray(String[]::new);
  }

  private Node leaf(String[] tokens) {
    Node node = byLength.computeIfAbsent(tokens.length, length -> new Node());
    for (int i = 0; i < Math.min(TOKEN_LEVELS, tokens.length); i++) {
      String token = hasDigit(tokens[i]) ? ANY : tokens[i];
      Node next = node.children.get(token);
      if (next == null) {
        String key = node.children.size() < MOST_CHILDREN ? token : ANY;
        next = node.children.computeIfAbsent(key, word -> new Node());
      }
      node = next;
    }
    return node;
  }

  private static boolean hasDigit(String token) {
    for (int i = 0; i < token.length(); i++) {
      if (Character.isDigit(token.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static int closest(List<String[]> templates, String[] tokens) {
    int place = -1;
    double best = -1;
    int mostAny = -1;
    for (int t = 0; t < templates.size(); t++) {
      String[] template = templates.get(t);
      int same = 0;
      int any = 0;
      for (int i = 0; i < tokens.length; i++) {
        if (template[i].equals(ANY)) {
          any++;
        } else if (template[i].equals(tokens[i])) {
          same++;
        }
      }
      double share = tokens.length == 0 ? 1 : (double) same / tokens.length;
      if (share > best || (share == best && any > mostAny)) {
        best = share;
        mostAny = any;
        place = t;
      }
    }
    return best >= SIMILARITY ? place : -1;
  }
}
