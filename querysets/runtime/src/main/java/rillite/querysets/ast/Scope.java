package rillite.querysets.ast;

import org.jspecify.annotations.Nullable;

/** The names that the tables of one SELECT, or of one statement that writes, have in the text. */
final class Scope {

    private final @Nullable Scope around;
    private final Level level;
    private final Aliases aliases;
    private final String[] names;

    private Scope(@Nullable Scope around, Level level, Aliases aliases, String root) {
        this.around = around;
        this.level = level;
        this.aliases = aliases;
        names = new String[level.joinCount() + 1];
        names[Level.ROOT] = root;
        for (int join : level.joinOrder()) {
            names[join] = aliases.table(level.hop(join).table().name());
        }
    }

    static Scope of(@Nullable Scope around, Level level, Aliases aliases, Source source) {
        String root = "";
        if (source instanceof Source.Base base) {
            root = aliases.table(base.table().name());
        } else if (source instanceof Source.Elements) {
            root = "json_each";
        } else if (level.isRootUsed()) {
            root = aliases.derived();
        }
        return new Scope(around, level, aliases, root);
    }

    @Nullable Scope around() {
        return around;
    }

    Level level() {
        return level;
    }

    Aliases aliases() {
        return aliases;
    }

    /** The scope that many steps outwards. */
    Scope outward(int up) {
        Scope scope = this;
        for (int step = 0; step < up && scope.around != null; step++) {
            scope = scope.around;
        }
        return scope;
    }

    /** The name of the root, or of a joined table; empty for what no one refers to. */
    String name(int join) {
        return names[join];
    }

    /** The name of the table at the end of a way. */
    String name(Path path) {
        return names[level.index(path)];
    }
}
