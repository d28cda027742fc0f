package rillite.querysets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.ForeignKey.Action;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/** What queries need of all tables of one schema. */
final class Catalog {

    private final Schema schema;
    private final Map<String, TableModel> models = new LinkedHashMap<>();

    private final CascadeRules cascades;

    Catalog(Schema schema, Map<String, Action> onDelete) {
        this(schema, onDelete, null);
    }

    private Catalog(Schema schema, Map<String, Action> onDelete, @Nullable CascadeRules earlier) {
        this.schema = schema;
        boolean utf8 = schema.encoding().equals("UTF-8");
        for (Table table : schema.tables()) {
            models.put(table.name(), new TableModel(this, table, utf8, schema.relations(table.name())));
        }
        cascades = new CascadeRules(models.values(), onDelete, earlier);
    }

    /** What queries need of a later schema of the same file. */
    Catalog followedBy(Schema later, Map<String, Action> onDelete) {
        return new Catalog(later, onDelete, cascades);
    }

    Schema schema() {
        return schema;
    }

    /** The model of a table of this schema. */
    TableModel model(Table table) {
        return Objects.requireNonNull(models.get(table.name()), table.name());
    }

    @Nullable TableModel find(String table) {
        return models.get(table);
    }

    /** What deletes do with rows that reference the deleted ones. */
    CascadeRules cascades() {
        return cascades;
    }

    List<String> names() {
        return List.copyOf(models.keySet());
    }
}
