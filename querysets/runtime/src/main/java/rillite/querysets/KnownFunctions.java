package rillite.querysets;

import io.r2dbc.spi.Connection;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The functions that connections of a database have, as far as queries ask for them.
 *
 * @param names in lower case
 */
record KnownFunctions(Set<String> names) {

    private static final String SQL = "SELECT DISTINCT name FROM pragma_function_list WHERE name IN ('"
            + SqlFunctions.REGEXP + "', '" + SqlFunctions.FOLD + "')";

    KnownFunctions {
        names = Set.copyOf(names);
    }

    /** Asks a connection; one that does not tell has none. */
    static Mono<KnownFunctions> read(Connection connection) {
        return Flux.from(connection.createStatement(SQL).execute())
                .concatMap(result -> result.map((row, metadata) -> Objects.requireNonNull(row.get(0, String.class))))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet())
                .map(KnownFunctions::new)
                .onErrorReturn(new KnownFunctions(Set.of()));
    }

    /** Whether case can be folded in all of Unicode. */
    boolean fold() {
        return names.contains(SqlFunctions.FOLD);
    }

    /** Whether there are regular expressions. */
    boolean regexp() {
        return names.contains(SqlFunctions.REGEXP);
    }
}
