package dev.logdash.tck;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.time.Clock;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What calls and types mean to {@link LogdashRules}. */
final class Calls {

  private static final Set<String> WAITING =
      Set.of("block", "blockOptional", "blockFirst", "blockLast", "toIterable", "toStream");

  private Calls() {}

  static boolean readsTheTime(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    List<JavaClass> arguments = call.getTarget().getRawParameterTypes();
    boolean withClock = arguments.size() == 1 && arguments.get(0).isEquivalentTo(Clock.class);
    if (owner.getPackageName().equals("java.time") && call.getName().equals("now")) {
      return !withClock;
    }
    if (owner.isEquivalentTo(Date.class) && call.getName().equals("<init>")) {
      return arguments.isEmpty();
    }
    return owner.isEquivalentTo(System.class) && call.getName().equals("currentTimeMillis");
  }

  static boolean waits(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    if (owner.isEquivalentTo(Mono.class) || owner.isEquivalentTo(Flux.class)) {
      return WAITING.contains(call.getName());
    }
    return call.getName().equals("sleep")
        && (owner.isEquivalentTo(Thread.class) || owner.isEquivalentTo(TimeUnit.class));
  }

  /** Types that nobody declares a constant with; an interface such as Map may be immutable. */
  static boolean isMutable(JavaClass type) {
    boolean collection = type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
    return (collection && !type.isInterface())
        || type.isAssignableTo(java.util.concurrent.ConcurrentMap.class)
        || type.isEquivalentTo(AtomicBoolean.class)
        || type.isEquivalentTo(AtomicReference.class)
        || type.isEquivalentTo(LongAdder.class)
        || type.isEquivalentTo(StringBuilder.class)
        || type.isAssignableTo(ThreadLocal.class)
        || (type.isAssignableTo(Number.class)
            && type.getPackageName().equals("java.util.concurrent.atomic"));
  }
}
