package dev.logdash.tck;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs a contract on an implementation that breaks one promise, so that a test can say which facts
 * noticed. The class that is run carries {@code @Tag("broken")}, which keeps it out of the build.
 */
public final class ContractRun {

  private final Set<String> failed = new TreeSet<>();
  private int executed;

  private ContractRun() {}

  public static ContractRun of(Class<?> brokenContractTest) {
    ContractRun run = new ContractRun();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(brokenContractTest))
            .build();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                run.finished(test, result);
              }
            });
    if (run.executed == 0) {
      throw new AssertionError("no test ran in " + brokenContractTest);
    }
    return run;
  }

  /** The facts of a contract: each needs an implementation that breaks it. */
  public static Set<String> facts(Class<?> contract) {
    return Arrays.stream(contract.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names of the test methods that failed. */
  public Set<String> failed() {
    return failed;
  }

  public int executed() {
    return executed;
  }

  private void finished(TestIdentifier test, TestExecutionResult result) {
    if (!test.isTest()) {
      return;
    }
    executed++;
    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
      failed.add(
          test.getSource()
              .filter(MethodSource.class::isInstance)
              .map(source -> ((MethodSource) source).getMethodName())
              .orElseGet(test::getDisplayName));
    }
  }
}
