package rillite.auth.vertx;

import rillite.core.testing.ArchitectureRules;

final class ArchitectureTests extends ArchitectureRules {
    ArchitectureTests() {
        super("rillite.auth.vertx", "VertxAuthException", "rillite.auth", "rillite.querysets");
    }
}
