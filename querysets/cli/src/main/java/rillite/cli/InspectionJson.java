package rillite.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.cli.Inspection.Rows;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.Index;
import rillite.querysets.schema.Relation;
import rillite.querysets.schema.Table;

/** An inspection for programs. */
final class InspectionJson {

    private InspectionJson() {}

    static Map<String, @Nullable Object> of(Inspection inspection) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("file", inspection.path().toString());
        json.put("bytes", inspection.bytes());
        json.put("settings", inspection.settings());
        List<Object> tables = new ArrayList<>();
        inspection.shown().forEach(table -> tables.add(table(inspection, table)));
        json.put("tables", tables);
        json.put("notes", inspection.schema().notes());
        return json;
    }

    private static Map<String, @Nullable Object> table(Inspection inspection, Table table) {
        Rows rows = inspection.rows(table);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", table.name());
        json.put("kind", word(table.kind()));
        json.put("rows", rows.count());
        json.put("rowsExact", rows.exact());
        json.put("problem", rows.problem());
        json.put("strict", table.strict());
        json.put("withoutRowid", table.withoutRowid());
        json.put("primaryKey", table.primaryKey().stream().map(Column::name).toList());
        json.put("columns", table.columns().stream().map(InspectionJson::column).toList());
        json.put(
                "foreignKeys",
                table.foreignKeys().stream().map(InspectionJson::foreignKey).toList());
        json.put("indexes", table.indexes().stream().map(InspectionJson::index).toList());
        json.put(
                "relations",
                inspection.schema().relations(table.name()).stream()
                        .map(InspectionJson::relation)
                        .toList());
        json.put(
                "triggers",
                table.declaration().triggers().stream()
                        .map(trigger -> trigger.name())
                        .toList());
        return json;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, @Nullable Object> column(Column column) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", column.name());
        json.put("declaredType", column.declaredType());
        json.put("type", word(column.type()));
        json.put("notNull", column.notNull());
        json.put("default", column.defaultSql());
        json.put("generated", column.generatedSql());
        return json;
    }

    private static Map<String, @Nullable Object> foreignKey(ForeignKey key) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("columns", key.columns());
        json.put("table", key.parentTable());
        json.put("parentColumns", key.parentColumns());
        json.put("onUpdate", word(key.onUpdate()));
        json.put("onDelete", word(key.onDelete()));
        return json;
    }

    private static Map<String, @Nullable Object> index(Index index) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", index.name());
        json.put("unique", index.unique());
        json.put("columns", index.terms().stream().map(term -> term(term)).toList());
        json.put("where", index.predicate());
        return json;
    }

    private static String term(Index.Term term) {
        String column = term.column();
        return column == null ? String.valueOf(term.expression()) : column;
    }

    private static Map<String, @Nullable Object> relation(Relation relation) {
        Relation.Link link = relation.link();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", relation.name());
        json.put("kind", word(relation.kind()));
        json.put("target", relation.target().name());
        json.put("inverse", relation.inverse());
        json.put("link", link == null ? null : link.table().name());
        return json;
    }
}
