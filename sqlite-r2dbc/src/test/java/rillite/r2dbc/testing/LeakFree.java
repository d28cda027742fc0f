package rillite.r2dbc.testing;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import rillite.r2dbc.EngineProbe;

/**
 * After each test, before its databases are closed: statements, leases, tickets, parked cursors and queued commands are
 * back to zero in every engine, and a truncating checkpoint of every {@link TestDatabase} meets no snapshot.
 */
public final class LeakFree implements AfterTestExecutionCallback {
    @Override
    public void afterTestExecution(ExtensionContext context) {
        EngineProbe.assertLeakFree();
        TestDatabase.assertNoSnapshots();
    }
}
