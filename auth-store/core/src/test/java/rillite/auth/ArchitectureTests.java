package rillite.auth;

import rillite.core.testing.ArchitectureRules;

final class ArchitectureTests extends ArchitectureRules {
    ArchitectureTests() {
        super("rillite.auth", "AuthException", "rillite.querysets");
    }
}
