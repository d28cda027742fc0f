package rillite.r2dbc.kit;

import io.r2dbc.spi.test.TestKit;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.TestAbortedException;

/**
 * Fails a kit class in which fewer than 34 tests of the kit really ran, or which replaces one of them: a driver can
 * otherwise lose a test without anyone seeing it, by overriding its method without repeating {@code @Test}.
 */
final class KitGuard implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {
    static final int KIT_SIZE = 34;

    private static final Namespace NAMESPACE = Namespace.create(KitGuard.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(NAMESPACE).put(Executed.class, new Executed(new ConcurrentSkipListSet<>()));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        boolean aborted = context.getExecutionException()
                .filter(TestAbortedException.class::isInstance)
                .isPresent();
        if (!aborted) {
            executed(context).add(context.getRequiredTestMethod().getName());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        check(context.getRequiredTestClass(), executed(context));
    }

    /** Fails when a test of the kit is not among the executed ones or is not the kit's own. */
    static void check(Class<?> testClass, Set<String> executed) {
        Set<String> kit = kitTests();
        if (kit.size() < KIT_SIZE) {
            throw new AssertionError("the kit on the class path has " + kit.size() + " tests, expected " + KIT_SIZE);
        }
        Set<String> missing = new TreeSet<>(kit);
        missing.removeAll(executed);
        if (!missing.isEmpty()) {
            throw new AssertionError(testClass.getSimpleName() + " ran " + (kit.size() - missing.size()) + " of "
                    + kit.size() + " kit tests; not run: " + missing + ". Run the whole class.");
        }
        Set<String> replaced = replaced(testClass, kit);
        Set<String> allowed = allowed(testClass);
        if (!replaced.equals(allowed)) {
            throw new AssertionError(
                    testClass.getSimpleName() + " replaces the kit tests " + replaced + ", allowed: " + allowed);
        }
    }

    private static Set<String> allowed(Class<?> testClass) {
        if (SqlitePoolTestKit.class.isAssignableFrom(testClass)) {
            return Set.of("validate");
        }
        return SqliteProxyTestKit.class.isAssignableFrom(testClass) ? Set.of("bindFails", "row") : Set.of();
    }

    static Set<String> kitTests() {
        Set<String> names = new TreeSet<>();
        for (Method method : TestKit.class.getMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                names.add(method.getName());
            }
        }
        return names;
    }

    private static Set<String> replaced(Class<?> testClass, Set<String> kit) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(testClass.getMethods())
                .filter(method -> kit.contains(method.getName()) && method.getParameterCount() == 0)
                .filter(method -> method.getDeclaringClass() != TestKit.class)
                .forEach(method -> names.add(method.getName()));
        return names;
    }

    private static Set<String> executed(ExtensionContext context) {
        Executed executed = context.getStore(NAMESPACE).get(Executed.class, Executed.class);
        if (executed == null) {
            throw new IllegalStateException("the guard did not see the start of the class");
        }
        return executed.names();
    }

    private record Executed(Set<String> names) {}
}
