package rillite.maven;

import rillite.core.testing.ArchitectureRules;

final class ArchitectureTests extends ArchitectureRules {
    ArchitectureTests() {
        super("rillite.maven", "none", "rillite.codegen", "rillite.querysets");
    }
}
