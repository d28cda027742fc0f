package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** The public conformance cases: results, statement counts, errors with their moment, tables after writes. */
final class LibraryCasesTests {

    private static final int COVERED = 97;

    /** Stands for null in what a call emits. */
    static final Object NULL = new Object();

    private static final Map<String, Map<String, @Nullable Object>> CASES = read();

    @TempDir
    Path directory;

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, @Nullable Object>> read() {
        List<Map<String, @Nullable Object>> list = (List<Map<String, @Nullable Object>>)
                Objects.requireNonNull(Json.parse(Fixture.script("library-cases.json")));
        return list.stream()
                .collect(Collectors.toMap(one -> (String) Objects.requireNonNull(one.get("id")), one -> one));
    }

    @Test
    void cases_ofOwnColumns_areCovered() {
        assertThat(LibraryCalls.all()).hasSizeGreaterThanOrEqualTo(COVERED);
        assertThat(CASES.keySet()).containsAll(LibraryCalls.all().keySet());
    }

    @TestFactory
    Stream<DynamicTest> call_ofEachCase_answersAsExpected() {
        return Arrays.stream(Access.values()).flatMap(this::tests);
    }

    private Stream<DynamicTest> tests(Access access) {
        return LibraryCalls.all().entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        access + " " + call.getKey() + " "
                                + CASES.get(call.getKey()).get("query"),
                        () -> check(access, CASES.get(call.getKey()), call.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> call_ofEachCaseWithFunctions_answersAsExpected() {
        return LibraryFunctionCalls.all().entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey() + " " + CASES.get(call.getKey()).get("query"), () -> {
                            try (Fixture fixture = Fixture.libraryWithFunctions(directory)) {
                                check(fixture, CASES.get(call.getKey()), call.getValue());
                            }
                        }));
    }

    @TestFactory
    Stream<DynamicTest> call_ofEachCaseWithFunctions_withoutThem_namesTheCapability() {
        return Arrays.stream(Access.values())
                .flatMap(access -> LibraryFunctionCalls.all().entrySet().stream()
                        .map(call -> DynamicTest.dynamicTest(access + " " + call.getKey(), () -> {
                            try (Fixture fixture = Fixture.library(access, directory)) {
                                assertThat(catchThrowable(() -> call.getValue().apply(fixture.db)))
                                        .isInstanceOf(InvalidLookupException.class)
                                        .hasMessageContaining("needs the capability \"functions\"");
                            }
                        })));
    }

    private void check(Access access, Map<String, @Nullable Object> wanted, Function<Database, Publisher<?>> call) {
        try (Fixture fixture = Fixture.library(access, directory)) {
            prepare(fixture, wanted);
            check(fixture, wanted, call);
        }
    }

    /** Some reads are of more rows than the fixture has. */
    @SuppressWarnings("unchecked")
    private static void prepare(Fixture fixture, Map<String, @Nullable Object> wanted) {
        List<String> sql = (List<String>) wanted.get("sql");
        if (sql != null && "prefetch".equals(wanted.get("topic")) && sql.get(0).startsWith("INSERT")) {
            fixture.jdbc(sql.get(0));
        }
    }

    @SuppressWarnings("unchecked")
    private void check(Fixture fixture, Map<String, @Nullable Object> wanted, Function<Database, Publisher<?>> call) {
        Map<String, @Nullable Object> differs = (Map<String, @Nullable Object>) wanted.get("differs");
        Map<String, @Nullable Object> expected = (Map<String, @Nullable Object>)
                Objects.requireNonNull(differs == null ? wanted.get("expected") : differs.get("expected"));
        boolean ordered = Boolean.TRUE.equals(wanted.get("ordered"));
        if (expected.containsKey("error")) {
            checkError(expected, fixture.db, call);
        } else {
            List<Object> found = run(call.apply(fixture.db));
            compare(expected, found, ordered);
        }
        if (wanted.get("statements") != null) {
            assertThat(fixture.sent()).hasSize(((Long) wanted.get("statements")).intValue());
        }
        if (wanted.get("after") != null) {
            ((Map<String, Object>) wanted.get("after")).forEach((table, rows) -> checkTable(fixture, table, rows));
        }
        assertThat(fixture.open).hasValue(0);
    }

    private static List<Object> run(Publisher<?> publisher) {
        return Objects.requireNonNull(Flux.<Object>from(publisher).collectList().block(Fixture.PATIENCE));
    }

    private static void checkError(
            Map<String, @Nullable Object> expected, Database db, Function<Database, Publisher<?>> call) {
        String name = expected.get("error") + "Exception";
        if ("build".equals(expected.get("when"))) {
            Throwable thrown = catchThrowable(() -> call.apply(db));
            assertThat(thrown).isInstanceOf(QueryException.class);
            assertThat(thrown.getClass().getSimpleName()).isEqualTo(name);
        } else {
            Publisher<?> publisher = call.apply(db);
            Throwable thrown = catchThrowable(() -> run(publisher));
            if (name.equals("IntegrityException")) {
                // The driver's exception, or that of JDBC, as it is.
                assertThat(thrown).isNotInstanceOf(QueryException.class).hasMessageContaining("UNIQUE");
                return;
            }
            assertThat(thrown.getClass().getSimpleName()).isEqualTo(name);
        }
    }

    @SuppressWarnings("unchecked")
    private static void compare(Map<String, @Nullable Object> expected, List<Object> found, boolean ordered) {
        String kind = expected.keySet().iterator().next();
        Object wanted = expected.get(kind);
        switch (kind) {
            case "ids" ->
                compareLists(
                        (List<Object>) wanted,
                        found.stream().map(row -> ((Row) row).pk()).toList(),
                        ordered);
            case "list" -> compareLists(withoutNull((List<Object>) wanted), found, ordered);
            case "keys" ->
                assertThat(((Map<Object, ?>) found.get(0)).keySet())
                        .containsExactlyInAnyOrderElementsOf((List<Object>) wanted);
            case "value" ->
                assertThat(found.isEmpty() ? null : plain(found.get(0))).isEqualTo(wanted);
            case "rows" ->
                compareLists(
                        (List<Object>) wanted,
                        found.stream()
                                .map(row -> row instanceof List
                                        ? row
                                        : ((List<Object>) wanted).get(0) instanceof List
                                                ? (Object) new ArrayList<>(
                                                        ((Row) row).asMap().values())
                                                : ((Row) row).asMap())
                                .toList(),
                        ordered);
            case "tree" -> compareLists(bags((List<Object>) wanted), bags(found), ordered);
            case "row" -> assertThat(((Row) found.get(0)).asMap()).isEqualTo(wanted);
            case "contains" -> assertThat(found.get(0).toString()).contains((String) wanted);
            case "deleted" -> {
                Deleted deleted = (Deleted) found.get(0);
                assertThat(deleted.total()).isEqualTo(((Map<String, Object>) wanted).get("total"));
                assertThat(deleted.byTable()).isEqualTo(((Map<String, Object>) wanted).get("tables"));
            }
            default -> throw new IllegalStateException(kind);
        }
    }

    private static List<Object> withoutNull(List<@Nullable Object> wanted) {
        return wanted.stream().map(one -> one == null ? NULL : one).toList();
    }

    /** Each owner with its children in an order of their own: children without an order are a bag. */
    private static List<Object> bags(List<?> owners) {
        return owners.stream().map(LibraryCasesTests::bag).toList();
    }

    private static Object bag(Object owner) {
        if (owner instanceof List<?> pair && pair.size() == 2 && pair.get(1) instanceof List<?> children) {
            return List.of(
                    pair.get(0),
                    children.stream()
                            .map(LibraryCasesTests::bag)
                            .sorted(java.util.Comparator.comparing(Object::toString))
                            .toList());
        }
        return owner;
    }

    private static void compareLists(List<Object> wanted, List<Object> found, boolean ordered) {
        if (ordered) {
            assertThat(found).isEqualTo(wanted);
        } else {
            assertThat(found).containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Integer || value instanceof Short ? (Object) ((Number) value).longValue() : value;
    }

    @SuppressWarnings("unchecked")
    private static void checkTable(Fixture fixture, String table, Object wanted) {
        if (wanted instanceof Map<?, ?> map) {
            assertThat(fixture.jdbc("SELECT count(*) FROM " + table))
                    .isEqualTo(List.of(List.of(((Long) map.get("count")).intValue())));
            return;
        }
        List<List<@Nullable Object>> rows = (List<List<@Nullable Object>>) wanted;
        // The cases tell of link tables without their own key.
        String columns = table.equals("book_tag") ? "book_id, tag_id" : "*";
        String order = table.equals("book_tag") ? "id" : "1";
        List<List<@Nullable Object>> found =
                fixture.jdbc("SELECT " + columns + " FROM " + table + " ORDER BY " + order).stream()
                        .map(row -> {
                            List<@Nullable Object> plain = new ArrayList<>();
                            row.forEach(
                                    value -> plain.add(value instanceof BigDecimal ? value.toString() : plain(value)));
                            return plain;
                        })
                        .toList();
        if (table.equals("book_tag")) {
            assertThat(found).containsExactlyInAnyOrderElementsOf(rows);
        } else {
            assertThat(found).isEqualTo(rows);
        }
    }
}
