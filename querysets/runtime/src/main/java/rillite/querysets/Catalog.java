package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/** A schema and what queries need of its tables. Immutable; a changed schema gives a new one. */
final class Catalog {

    private final Schema schema;
    private final Map<String, TableModel> models = new LinkedHashMap<>();

    Catalog(Schema schema) {
        this.schema = schema;
        boolean utf8 = schema.encoding().equals("UTF-8");
        for (Table table : schema.tables()) {
            models.put(table.name(), new TableModel(table, utf8));
        }
    }

    Schema schema() {
        return schema;
    }

    @Nullable TableModel find(String table) {
        return models.get(table);
    }

    /** The model of a table, or throws with the nearest names or what is wrong with it. */
    TableModel table(String name) {
        TableModel model = models.get(name);
        if (model == null) {
            throw Errors.unknownTable(name, tables());
        }
        String problem = model.table().problem();
        if (problem != null) {
            throw Errors.invalidQuery("Cannot query \"" + name + "\": its columns could not be read: " + problem);
        }
        return model;
    }

    List<String> tables() {
        return new ArrayList<>(models.keySet());
    }
}
