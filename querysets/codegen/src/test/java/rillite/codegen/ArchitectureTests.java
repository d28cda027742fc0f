package rillite.codegen;

import rillite.core.testing.ArchitectureRules;

final class ArchitectureTests extends ArchitectureRules {
    ArchitectureTests() {
        super("rillite.codegen", "CodegenException", "rillite.querysets");
    }
}
