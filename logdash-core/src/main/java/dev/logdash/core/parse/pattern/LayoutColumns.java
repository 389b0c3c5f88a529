package dev.logdash.core.parse.pattern;

import dev.logdash.core.parse.FieldConverter.Kind;
import dev.logdash.core.parse.pattern.Node.Order;
import java.util.List;

/** How the text that a conversion word prints is found, and which field it becomes. */
final class LayoutColumns {

  private static final ByteSet NO_SPACE = ByteSet.SPACE.not();
  private static final ByteSet HEX_OR_DASH = ByteSet.HEX.or(ByteSet.of('-'));

  private final LayoutDialect dialect;
  private final Columns columns;

  LayoutColumns(LayoutDialect dialect, Columns columns) {
    this.dialect = dialect;
    this.columns = columns;
  }

  Node of(LayoutWord word, LayoutOptions options, int offset) {
    switch (word) {
      case DATE:
        DatePattern date = LayoutDates.of(dialect, options, offset);
        return columns.add(date::put, new Node.Read(date), offset);
      case LEVEL:
        return columns.add("log.level", Kind.NAMED, Node.many(ByteSet.LETTER), offset);
      case LOGGER:
        return name("log.logger", offset);
      case CLASS:
        return name("code.namespace", offset);
      case FULL_CLASS:
        return name("log.fqcn", offset);
      case METHOD:
        return name("log.origin.function", offset);
      case FILE:
        return name("log.origin.file.name", offset);
      case THREAD:
        return text("process.thread.name", Kind.NAMED, offset);
      case MESSAGE:
        return text("message", Kind.NAMED, offset);
      case MARKER:
        return text("tags", Kind.NAMED, offset);
      case CONTEXT_STACK:
        return text("ndc", Kind.NAMED, offset);
      case CONTEXT_NAME:
        return text("labels.context", Kind.NAMED, offset);
      case SERVICE:
        return text("service.name", Kind.NAMED, offset);
      case PAIRS:
        return text("kvp", Kind.NAMED, offset);
      case LOCATION:
        return columns.add(
            "log.origin.function", Kind.LOCATION, Node.any(NO_SPACE, Order.SHORTEST), offset);
      case LINE:
        return number("log.origin.file.line", offset);
      case RELATIVE:
        return number("process.uptime_ms", offset);
      case PROCESS_ID:
        return number("process.pid", offset);
      case THREAD_ID:
        return number("process.thread.id", offset);
      case THREAD_PRIORITY:
        return number("process.thread.priority", offset);
      case SEQUENCE:
        return number("event.sequence", offset);
      case NANOS:
        return Node.many(ByteSet.DIGIT);
      case UNIQUE_ID:
        return columns.add("log.uuid", Kind.NAMED, Node.many(HEX_OR_DASH), offset);
      case CONTEXT:
      case PROPERTY:
        return context(options, offset);
      case BRACKETED:
        return bracketed();
      case EXCEPTION:
        return Node.EMPTY;
      case CALLER:
        throw new PatternException(
            "the callers take lines of their own; leave the word out", offset);
      default:
        throw new AssertionError(word);
    }
  }

  private Node context(LayoutOptions options, int offset) {
    String key = options.count() == 0 ? "" : options.text(0).strip();
    // Several keys of Log4j print as all do.
    if (options.count() == 0 || key.contains(",")) {
      return columns.add("mdc", Kind.PAIRS, pairs(), offset);
    }
    int otherwise = key.indexOf(":-");
    String name = otherwise < 0 ? key : key.substring(0, otherwise);
    if (name.isEmpty()) {
      throw new PatternException("the key has no name", options.offset(0));
    }
    return text(name, Kind.NAMED, options.offset(0));
  }

  /** {@code a=1, b=2}, with Log4j in curly brackets. */
  private Node pairs() {
    Node pair =
        new Sequence()
            .add(Node.many(NO_SPACE.without(ByteSet.of('=')).without(ByteSet.of(','))))
            .text("=")
            .add(Node.any(ByteSet.LINE, Order.SHORTEST))
            .build();
    Node further = new Sequence().text(", ").add(pair).build();
    Node all =
        new Sequence()
            .add(pair)
            .add(new Node.Repeat(further, 0, Node.UNBOUNDED, Order.LONGEST))
            .build();
    Node some = new Node.Repeat(all, 0, 1, Order.LONGEST);
    return dialect == LayoutDialect.LOG4J
        ? new Sequence().text("{").add(some).text("}").build()
        : some;
  }

  /** A text that may have spaces, up to what stands behind it. */
  private Node text(String name, Kind kind, int offset) {
    return columns.add(name, kind, Node.any(ByteSet.LINE, Order.SHORTEST), offset);
  }

  private Node name(String name, int offset) {
    return columns.add(name, Kind.NAMED, Node.any(NO_SPACE, Order.SHORTEST), offset);
  }

  /** A number, or what is printed where it is not known. */
  private Node number(String name, int offset) {
    return new Node.Any(
        List.of(
            columns.add(name, Kind.WHOLE, Node.many(ByteSet.DIGIT), offset),
            new Node.Text("?"),
            new Node.Text("-1")));
  }

  private static Node bracketed() {
    Node inside =
        new Sequence()
            .text("[")
            .add(Node.any(ByteSet.of(']').or(ByteSet.of('\n')).not(), Order.LONGEST))
            .text("] ")
            .build();
    return new Node.Repeat(inside, 0, 1, Order.LONGEST);
  }
}
