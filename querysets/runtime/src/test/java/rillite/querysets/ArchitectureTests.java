package rillite.querysets;

import rillite.core.testing.ArchitectureRules;

final class ArchitectureTests extends ArchitectureRules {
    ArchitectureTests() {
        super("rillite.querysets", "QueryException", "rillite.r2dbc");
    }
}
