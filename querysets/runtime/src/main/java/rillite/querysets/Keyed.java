package rillite.querysets;

import java.util.List;
import rillite.querysets.schema.Column;

/** Something that stands for one row of a table wherever the key of that row is asked for. */
interface Keyed {

    /**
     * The values of some columns of the row.
     *
     * @throws InvalidValueException it is a row of another table, or has no such values
     */
    List<Object> valuesOf(TableModel table, List<Column> columns);
}
