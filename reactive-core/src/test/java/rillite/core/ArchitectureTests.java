package rillite.core;

import rillite.core.testing.ArchitectureRules;

final class ArchitectureTests extends ArchitectureRules {
    ArchitectureTests() {
        super("rillite.core", "LaneException");
    }
}
