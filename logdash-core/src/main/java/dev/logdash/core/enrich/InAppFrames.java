package dev.logdash.core.enrich;

import java.util.ArrayList;
import java.util.List;

/** Tells the frames of a program from those of the JDK, frameworks and drivers around it. */
final class InAppFrames {

  private static final List<String> OTHERS =
      List.of(
          "java.",
          "javax.",
          "jakarta.",
          "jdk.",
          "sun.",
          "com.sun.",
          "kotlin.",
          "kotlinx.",
          "scala.",
          "groovy.",
          "clojure.",
          "org.codehaus.groovy.",
          "org.springframework.",
          "org.apache.",
          "org.hibernate.",
          "org.eclipse.",
          "org.jboss.",
          "org.wildfly.",
          "org.glassfish.",
          "org.aspectj.",
          "org.aopalliance.",
          "org.junit.",
          "org.gradle.",
          "org.slf4j.",
          "org.postgresql.",
          "org.mariadb.",
          "org.h2.",
          "org.elasticsearch.",
          "org.quartz.",
          "org.reactivestreams.",
          "org.jooq.",
          "org.mybatis.",
          "org.flywaydb.",
          "org.thymeleaf.",
          "org.mockito.",
          "org.testng.",
          "ch.qos.logback.",
          "reactor.",
          "rx.",
          "io.reactivex.",
          "io.netty.",
          "io.undertow.",
          "io.vertx.",
          "io.grpc.",
          "io.micrometer.",
          "io.micronaut.",
          "io.quarkus.",
          "io.smallrye.",
          "io.lettuce.",
          "io.opentelemetry.",
          "io.ktor.",
          "akka.",
          "play.",
          "okhttp3.",
          "okio.",
          "retrofit2.",
          "feign.",
          "net.bytebuddy.",
          "net.sf.cglib.",
          "javassist.",
          "com.fasterxml.",
          "tools.jackson.",
          "com.google.",
          "com.mysql.",
          "com.mongodb.",
          "com.zaxxer.hikari.",
          "com.rabbitmq.",
          "com.netflix.",
          "com.microsoft.sqlserver.",
          "com.amazonaws.",
          "software.amazon.awssdk.",
          "oracle.",
          "redis.clients.",
          "weblogic.",
          "com.ibm.",
          "System.",
          "Microsoft.");

  // How a method is called by reflection changes while a program runs.
  private static final List<String> REFLECTION =
      List.of("jdk.internal.reflect.", "sun.reflect.", "java.lang.reflect.", "java.lang.invoke.");

  private final List<String> own;

  /**
   * @param own the beginnings of the packages of the program; if empty, all but the known others
   */
  InAppFrames(List<String> own) {
    this.own = List.copyOf(own);
  }

  /**
   * The frames that tell the place, as text, the innermost first: those of the program, or all if
   * it has none; of one method that calls itself one; at most {@code limit}.
   */
  List<String> of(List<StackFrame> frames, int limit) {
    List<String> program = select(frames, limit, true);
    return program.isEmpty() ? select(frames, limit, false) : program;
  }

  private List<String> select(List<StackFrame> frames, int limit, boolean onlyInApp) {
    List<String> selected = new ArrayList<>(limit);
    for (StackFrame frame : frames) {
      if (selected.size() == limit) {
        break;
      }
      if (frame.generated() || begins(frame.type(), REFLECTION)) {
        continue;
      }
      if (onlyInApp && !isInApp(frame.type())) {
        continue;
      }
      String text = frame.text();
      if (selected.isEmpty() || !selected.get(selected.size() - 1).equals(text)) {
        selected.add(text);
      }
    }
    return selected;
  }

  private boolean isInApp(String type) {
    return own.isEmpty() ? !begins(type, OTHERS) : begins(type, own);
  }

  private static boolean begins(String type, List<String> packages) {
    for (String start : packages) {
      if (type.startsWith(start)) {
        return true;
      }
    }
    return false;
  }
}
