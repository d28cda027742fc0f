package rillite.examples.quickstart;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the demo asks of the query layer: the only place where the two meet. */
interface Explorer {

    /** Tables of the file, in order of name. */
    List<TableInfo> tables();

    /** All rows of a table. */
    Query all(String table);

    /** A query worth looking at: one filter or more where the table is known, else newest key first. */
    Query showcase(TableInfo table);

    Mono<Long> count(String table);

    /** What happens when a column is misspelt: the error's text. */
    Mono<String> misspelt(TableInfo table, String column);

    /**
     * @param columns in the order of the declaration
     * @param key columns of the primary key, empty when none is declared
     * @param references foreign keys as {@code column -> table}
     */
    record TableInfo(String name, List<String> columns, List<String> key, List<String> references) {}

    /** A query that has not run yet. */
    interface Query {

        /** The Java that builds it. */
        String java();

        /** The one statement it becomes. */
        String sql();

        /** Values bound to the statement. */
        List<Object> binds();

        /** SQLite's plan, one step per line. */
        Mono<List<String>> plan();

        /** Rows as column name to value, in the order of the columns. */
        Flux<Map<String, @Nullable Object>> rows();
    }
}
