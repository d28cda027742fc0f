package rillite.auth.spring;

import rillite.core.testing.ArchitectureRules;

final class ArchitectureTests extends ArchitectureRules {
    ArchitectureTests() {
        super("rillite.auth.spring", "NoFamilyOfItsOwn", "rillite.auth", "rillite.querysets");
    }
}
