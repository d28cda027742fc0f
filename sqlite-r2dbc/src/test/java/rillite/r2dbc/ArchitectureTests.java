package rillite.r2dbc;

import rillite.core.testing.ArchitectureRules;

final class ArchitectureTests extends ArchitectureRules {
    ArchitectureTests() {
        super("rillite.r2dbc", "SqliteException", "rillite.core");
    }
}
