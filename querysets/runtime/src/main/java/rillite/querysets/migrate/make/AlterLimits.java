package rillite.querysets.migrate.make;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.CreateText;
import rillite.querysets.schema.Names;

/** What ALTER TABLE cannot do. Where it is not certain that it can, it cannot. */
final class AlterLimits {

    private static final Pattern CONSTANT =
            Pattern.compile("(?is)[+-]?\\s*(0x[0-9a-f]+|[0-9]+(\\.[0-9]*)?(e[+-]?[0-9]+)?|\\.[0-9]+(e[+-]?[0-9]+)?)"
                    + "|'([^']|'')*'|x'[0-9a-f]*'|null|true|false");

    private static final List<String> ROWID_NAMES = List.of("rowid", "_rowid_", "oid");

    private AlterLimits() {}

    /** Whether a name may stand for the rowid: ALTER TABLE leaves such columns alone. */
    static boolean isRowidName(String name) {
        return ROWID_NAMES.contains(Names.fold(name));
    }

    /** Why a column cannot be added by ALTER TABLE; null if it can. */
    static @Nullable String whyNotAdded(Column column, CreateText.Part part) {
        if (isRowidName(column.name())) {
            return "has a name of the rowid";
        }
        if (column.keyPosition() > 0 || has(part, "primary")) {
            return "is part of the primary key";
        }
        if (has(part, "unique")) {
            return "is UNIQUE";
        }
        if (column.isGenerated()) {
            return column.kind() == Column.Kind.GENERATED_STORED ? "is computed and STORED" : null;
        }
        String value = defaultOf(column);
        if (value == null) {
            return column.notNull() ? "must not be NULL and has no default" : null;
        }
        if (!CONSTANT.matcher(value).matches()) {
            return "has a default that is not a constant";
        }
        return has(part, "references") ? "references rows and has a default" : null;
    }

    /** Why a column cannot be dropped by ALTER TABLE; null if it can. */
    static @Nullable String whyNotDropped(TableState from, Column column, CreateText.Part part) {
        if (isRowidName(column.name())) {
            return "has a name of the rowid";
        }
        if (column.keyPosition() > 0) {
            return "is part of the primary key";
        }
        if (has(part, "unique")) {
            return "is UNIQUE";
        }
        if (CreateText.mentions(from.text().constraints(), column.name())) {
            return "is named in a constraint";
        }
        for (CreateText.Part other : from.text().columns()) {
            if (!Names.same(other.name(), column.name()) && CreateText.mentions(other.words(), column.name())) {
                return "is named in the declaration of " + other.name();
            }
        }
        return null;
    }

    /** The default as SQL; null if it is NULL. */
    static @Nullable String defaultOf(Column column) {
        String value = column.defaultSql();
        return value == null || value.equalsIgnoreCase("null") ? null : value.strip();
    }

    /** A default as an expression: a bare word in its place is a text. */
    static String expression(String value) {
        boolean word = Pattern.matches("[\\p{L}_][\\p{L}\\p{N}_$]*", value)
                && !List.of("true", "false", "current_date", "current_time", "current_timestamp")
                        .contains(Names.fold(value));
        return word ? "'" + value + "'" : "(" + value + ")";
    }

    private static boolean has(CreateText.Part part, String keyword) {
        return part.words().contains(keyword);
    }
}
