package rillite.r2dbc;

import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A statement with its values. What can be wrong without asking the database is refused where it is written; values are
 * captured by {@link #execute()}, so that binding again changes nothing that was executed before.
 */
final class SqliteStatement implements Statement {
    private static final Object UNBOUND = new Object();

    private final SqliteConnection connection;
    private final ParsedSql parsed;
    private final List<@Nullable Object[]> complete = new ArrayList<>(0);
    private @Nullable Object[] current;
    private String @Nullable [] generated;
    private int fetchSize;
    private boolean trailingAdd;

    SqliteStatement(SqliteConnection connection, ParsedSql parsed) {
        this.connection = connection;
        this.parsed = parsed;
        this.current = unbound();
    }

    private @Nullable Object[] unbound() {
        @Nullable Object[] values = new Object[parsed.parameterCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parsed.required(i) ? UNBOUND : null;
        }
        return values;
    }

    @Override
    public Statement add() {
        requireAll("add");
        complete.add(current);
        current = unbound();
        trailingAdd = true;
        return this;
    }

    @Override
    public Statement bind(int index, Object value) {
        return put(check(index), connection.codecs().bindable(value));
    }

    @Override
    public Statement bind(String name, Object value) {
        @Nullable Object encoded = connection.codecs().bindable(value);
        return put(parsed.indexOf(name), encoded);
    }

    @Override
    public Statement bindNull(int index, Class<?> type) {
        notNull(type, "type");
        return put(check(index), null);
    }

    @Override
    public Statement bindNull(String name, Class<?> type) {
        notNull(type, "type");
        return put(parsed.indexOf(name), null);
    }

    private Statement put(int index, @Nullable Object value) {
        current[index] = value;
        trailingAdd = false;
        return this;
    }

    private int check(int index) {
        if (index < 0 || index >= current.length) {
            throw new IndexOutOfBoundsException("Parameter index " + index + " is out of range: the SQL has "
                    + current.length + " parameters, indexes start at 0. SQL: " + parsed.sql());
        }
        return index;
    }

    @Override
    public Statement returnGeneratedValues(String... columns) {
        if (columns == null) {
            throw new IllegalArgumentException("columns must not be null");
        }
        for (ParsedStatement statement : parsed.statements()) {
            statement.withReturning(columns);
        }
        generated = columns.clone();
        return this;
    }

    @Override
    public Statement fetchSize(int rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("fetchSize must be at least 0, was " + rows);
        }
        fetchSize = rows;
        return this;
    }

    private void requireAll(String verb) {
        for (int i = 0; i < current.length; i++) {
            if (current[i] == UNBOUND) {
                throw new IllegalStateException(verb + "(): parameter at index " + i + " has no value (of "
                        + current.length + "). Bind a value or bindNull. SQL: " + parsed.sql());
            }
        }
    }

    @Override
    public Publisher<? extends Result> execute() {
        if (complete.isEmpty() || !trailingAdd) {
            requireAll("execute");
        } else {
            throw new IllegalStateException(
                    "execute() after add() without new values: leave the last add() out. SQL: " + parsed.sql());
        }
        List<@Nullable Object[]> sets = new ArrayList<>(complete.size() + 1);
        sets.addAll(complete);
        sets.add(current.clone());
        if (sets.stream().noneMatch(SqliteStatement::hasStream)) {
            return run(sets);
        }
        return Flux.fromIterable(sets)
                .concatMap(SqliteStatement::aggregated)
                .collectList()
                .flatMapMany(this::run);
    }

    private static boolean hasStream(@Nullable Object[] values) {
        for (Object value : values) {
            if (Codecs.isDeferred(value)) {
                return true;
            }
        }
        return false;
    }

    /** Reads Blob and Clob values to their end before the command is queued, never on a lane. */
    private static Mono<@Nullable Object[]> aggregated(@Nullable Object[] values) {
        @Nullable Object[] copy = values.clone();
        return Flux.range(0, copy.length)
                .concatMap(i -> {
                    Object value = copy[i];
                    return value != null && Codecs.isDeferred(value)
                            ? Codecs.aggregate(value).doOnNext(whole -> copy[i] = whole)
                            : Mono.empty();
                })
                .then(Mono.fromSupplier(() -> copy));
    }

    private Publisher<? extends Result> run(List<@Nullable Object[]> sets) {
        List<ParsedStatement> statements = parsed.statements();
        if (statements.size() == 1) {
            ParsedStatement only = statements.get(0);
            return sets.size() == 1
                    ? connection.run(only, text(only), values(only, sets.get(0)), fetchSize, false)
                    : runSets(only, sets);
        }
        String[] columns = generated;
        return Flux.range(0, sets.size())
                .concatMap(
                        i -> connection.runEach(
                                statements,
                                each -> text(each, columns),
                                new Set(sets.get(i), fetchSize, i + 1 < sets.size())),
                        1);
    }

    /** One set of values of a text of several statements. */
    private record Set(@Nullable Object[] set, int fetchSize, boolean again) implements SqliteConnection.Values {
        @Override
        public @Nullable Object[] of(ParsedStatement statement) {
            return values(statement, set);
        }
    }

    private Publisher<? extends Result> runSets(ParsedStatement only, List<@Nullable Object[]> sets) {
        List<@Nullable Object[]> rows = new ArrayList<>(sets.size());
        for (@Nullable Object[] set : sets) {
            rows.add(values(only, set));
        }
        return connection.runSets(only, text(only), rows, fetchSize);
    }

    private String text(ParsedStatement statement) {
        return text(statement, generated);
    }

    private static String text(ParsedStatement statement, String @Nullable [] columns) {
        return columns == null ? statement.sql() : statement.withReturning(columns);
    }

    /** The values of one statement, out of those of the whole text. */
    static @Nullable Object[] values(ParsedStatement statement, @Nullable Object[] set) {
        int count = statement.parameterCount();
        boolean straight = count == set.length;
        for (int i = 0; straight && i < count; i++) {
            straight = statement.parameter(i) == i;
        }
        if (straight) {
            return set;
        }
        @Nullable Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            int index = statement.parameter(i);
            values[i] = index < 0 ? null : set[index];
        }
        return values;
    }

    private static void notNull(@Nullable Object argument, String name) {
        if (argument == null) {
            throw new IllegalArgumentException(name + " must not be null");
        }
    }

    @Override
    public String toString() {
        return "SqliteStatement{" + parsed.sql() + ", parameters=" + current.length + ", sets=" + (complete.size() + 1)
                + ", generated=" + Arrays.toString(generated) + "}";
    }
}
