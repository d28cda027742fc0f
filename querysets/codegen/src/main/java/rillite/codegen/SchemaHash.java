package rillite.codegen;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/** A short text that differs when tables differ in anything that sources are made of. */
final class SchemaHash {

    private static final int SHOWN = 16;

    private final MessageDigest digest;

    private SchemaHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String of(Schema schema, List<Table> tables) {
        SchemaHash hash = new SchemaHash();
        tables.forEach(table -> hash.add(schema, table));
        return HexFormat.of().formatHex(hash.digest.digest()).substring(0, SHOWN);
    }

    private void add(Schema schema, Table table) {
        add("table", table.kind().name(), table.name());
        for (Column column : table.visibleColumns()) {
            add(
                    "column",
                    column.name(),
                    column.declaredType(),
                    column.type().name(),
                    column.kind().name(),
                    String.valueOf(column.notNull()),
                    String.valueOf(column.defaultSql() != null));
        }
        for (Relation relation : schema.relations(table.name())) {
            List<String> parts = new ArrayList<>(List.of("relation", relation.name()));
            parts.add(relation.kind().name());
            parts.add(relation.target().name());
            relation.from().forEach(column -> parts.add(column.name()));
            add(parts.toArray(String[]::new));
        }
    }

    /** Lengths keep apart what would otherwise read the same. */
    private void add(String... parts) {
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        digest.update((byte) '\n');
    }
}
