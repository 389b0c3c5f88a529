package dev.logdash.core.enrich;

import org.jspecify.annotations.Nullable;

/**
 * One frame of a stack trace of Java, without what changes between two builds or two starts of a
 * program: line numbers, counters of lambdas and anonymous classes, modules and class loaders.
 *
 * @param type the class
 * @param generated whether the class or the method was made while the program runs or by the
 *     compiler, so that the frame may be there or not for the same place in the source
 */
record StackFrame(String type, String method, boolean generated) {

  // Made at run time by Spring, Hibernate, Mockito, Byte Buddy, Javassist, Weld and the JDK.
  private static final String[] GENERATED = {
    "$Proxy",
    "$ByteBuddy$",
    "$HibernateProxy$",
    "$MockitoMock$",
    "_$$_",
    "GeneratedMethodAccessor",
    "GeneratedConstructorAccessor",
    "GeneratedSerializationConstructorAccessor",
    "LambdaForm$"
  };

  /** Reads {@code at loader/module@1.0/a.b.Type.method(Type.java:12) ~[a.jar:1.0]}. */
  static @Nullable StackFrame parse(String text, int at, int end) {
    int open = first(text, '(', at, end);
    if (open == end || first(text, ')', open, end) == end) {
      return null;
    }
    int slash = last(text, '/', at, open);
    // The name of a hidden class has a slash behind its own: Shop$$Lambda/0x0000000800c03000.
    boolean hidden = slash >= at && Character.isDigit(text.charAt(slash + 1));
    if (hidden) {
      slash = last(text, '/', at, slash);
    }
    int start = Math.max(at + 3, slash + 1);
    int dot = last(text, '.', at, open);
    if (dot <= start || dot + 1 >= open || !isName(text, start, open)) {
      return null;
    }
    String type = text.substring(start, dot);
    String method = text.substring(dot + 1, open);
    boolean generated =
        isGenerated(type) || method.startsWith("access$") || text.startsWith("(<generated>", open);
    return new StackFrame(stableClass(type), stableMethod(method), generated);
  }

  /** As it goes into a fingerprint. */
  String text() {
    return type + '.' + method;
  }

  // Those of String look beyond the line, which for a long trace is a long way for each line.
  private static int first(String text, char c, int from, int to) {
    int at = from;
    while (at < to && text.charAt(at) != c) {
      at++;
    }
    return at;
  }

  private static int last(String text, char c, int from, int to) {
    int at = to - 1;
    while (at >= from && text.charAt(at) != c) {
      at--;
    }
    return at;
  }

  private static boolean isName(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      boolean usual = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '$';
      if (!usual && !Character.isJavaIdentifierPart(c) && "<>-/".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isGenerated(String type) {
    int marker = type.indexOf("$$");
    if (marker >= 0 && !type.startsWith("$$anonfun", marker)) {
      return true;
    }
    if (type.indexOf('$') < 0 && type.indexOf("Generated") < 0) {
      return false;
    }
    for (String part : GENERATED) {
      if (type.contains(part)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The class without the marks of a generated subclass and without the numbers of anonymous
   * classes and closures.
   */
  static String stableClass(String type) {
    int dollar = type.indexOf('$');
    if (dollar < 0) {
      return type;
    }
    int marker = type.indexOf("$$");
    boolean subclass = marker > 0 && !type.startsWith("$$anonfun", marker);
    return withoutCounters(subclass ? type.substring(0, marker) : type);
  }

  private static String stableMethod(String method) {
    return method.indexOf('$') < 0 ? method : withoutCounters(method);
  }

  // lambda$run$3, run$lambda-3, Shop$1, Shop$_run_closure3, $anonfun$1
  private static String withoutCounters(String name) {
    StringBuilder stable = new StringBuilder(name.length());
    for (int from = 0; from <= name.length(); ) {
      int dollar = name.indexOf('$', from);
      int to = dollar < 0 ? name.length() : dollar;
      int digits = to;
      while (digits > from && Character.isDigit(name.charAt(digits - 1))) {
        digits--;
      }
      boolean counter =
          from > 0
              && (digits == from
                  || name.startsWith("lambda-", from)
                  || name.startsWith("closure", digits - "closure".length()));
      stable.append(name, from, counter ? digits : to);
      if (dollar >= 0) {
        stable.append('$');
      }
      from = to + 1;
    }
    return stable.toString();
  }
}
