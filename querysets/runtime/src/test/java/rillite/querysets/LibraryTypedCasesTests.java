package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

/** The conformance cases in the typed form: results and statement counts, and the SQL of the dynamic form. */
final class LibraryTypedCasesTests {

    /** The typed form says the same in another way. */
    private static final Set<String> OTHER_SQL = Set.of("L19", "L127");

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
    void cases_inTheTypedForm_areMany() {
        assertThat(LibraryTypedCalls.all()).hasSizeGreaterThanOrEqualTo(100);
        assertThat(CASES.keySet()).containsAll(LibraryTypedCalls.all().keySet());
    }

    @TestFactory
    Stream<DynamicTest> typedCall_ofEachCase_answersAsExpected() {
        return Arrays.stream(Access.values())
                .flatMap(access -> LibraryTypedCalls.all().entrySet().stream()
                        .map(call -> DynamicTest.dynamicTest(access + " " + call.getKey(), () -> {
                            try (Fixture fixture = Fixture.library(access, directory)) {
                                check(fixture, CASES.get(call.getKey()), call.getValue());
                            }
                        })));
    }

    @TestFactory
    Stream<DynamicTest> typedCall_ofEachCase_sendsTheSqlOfTheDynamicOne() {
        Map<String, Function<Database, Publisher<?>>> dynamic = LibraryCalls.all();
        Set<String> both = new LinkedHashSet<>(LibraryTypedCalls.all().keySet());
        both.retainAll(dynamic.keySet());
        both.removeAll(OTHER_SQL);
        assertThat(both).hasSizeGreaterThan(60);
        return both.stream()
                .map(id -> DynamicTest.dynamicTest(
                        id,
                        () -> assertThat(sql(LibraryTypedCalls.all().get(id))).isEqualTo(sql(dynamic.get(id)))));
    }

    /** What a call compiles to, or sends. */
    private Object sql(Function<Database, Publisher<?>> call) {
        try (Fixture fixture = Fixture.library(Access.DRIVER, directory)) {
            Publisher<?> publisher;
            try {
                publisher = call.apply(fixture.db);
            } catch (QueryException e) {
                return e.getClass();
            }
            if (publisher instanceof Query<?, ?, ?> query) {
                return query.toSql();
            }
            catchThrowable(() -> run(publisher));
            return fixture.sent();
        }
    }

    @SuppressWarnings("unchecked")
    private static void check(
            Fixture fixture, Map<String, @Nullable Object> wanted, Function<Database, Publisher<?>> call) {
        Map<String, @Nullable Object> differs = (Map<String, @Nullable Object>) wanted.get("differs");
        Map<String, @Nullable Object> expected = (Map<String, @Nullable Object>)
                Objects.requireNonNull(differs == null ? wanted.get("expected") : differs.get("expected"));
        if (expected.containsKey("error")) {
            boolean build = "build".equals(expected.get("when"));
            Throwable thrown = build
                    ? catchThrowable(() -> call.apply(fixture.db))
                    : catchThrowable(() -> run(call.apply(fixture.db)));
            assertThat(thrown.getClass().getSimpleName()).isEqualTo(expected.get("error") + "Exception");
        } else {
            compare(expected, run(call.apply(fixture.db)), Boolean.TRUE.equals(wanted.get("ordered")));
        }
        if (wanted.get("statements") != null) {
            assertThat(fixture.sent()).hasSize(((Long) wanted.get("statements")).intValue());
        }
        if (wanted.get("after") != null) {
            ((Map<String, List<List<Object>>>) wanted.get("after"))
                    .forEach((table, rows) -> assertThat(fixture.jdbc("SELECT * FROM " + table + " ORDER BY 1")
                                    .toString())
                            .isEqualTo(rows.toString()));
        }
        assertThat(fixture.open).hasValue(0);
    }

    private static List<Object> run(Publisher<?> publisher) {
        return Objects.requireNonNull(Flux.<Object>from(publisher).collectList().block(Fixture.PATIENCE));
    }

    private static void compare(Map<String, @Nullable Object> expected, List<Object> found, boolean ordered) {
        String kind = expected.keySet().iterator().next();
        Object wanted = Objects.requireNonNullElse(expected.get(kind), "nothing");
        switch (kind) {
            case "ids" -> {
                List<Object> ids = found.stream()
                        .map(LibraryTypedCasesTests::components)
                        .<Object>map(parts -> Objects.requireNonNull(parts.get(0)))
                        .toList();
                if (ordered) {
                    assertThat(ids).isEqualTo(wanted);
                } else {
                    assertThat(ids).hasSameElementsAs((List<?>) wanted).hasSameSizeAs((List<?>) wanted);
                }
            }
            case "list" -> assertThat(found.toString()).isEqualTo(wanted.toString());
            case "keys" ->
                assertThat(((Map<?, ?>) found.get(0)).keySet().toString()).isEqualTo(wanted.toString());
            case "value" ->
                assertThat(found.isEmpty() ? "nothing" : found.get(0).toString())
                        .isEqualTo(wanted.toString());
            case "rows" -> {
                List<String> rows =
                        found.stream().map(row -> components(row).toString()).toList();
                List<String> lists = ((List<?>) wanted)
                        .stream().map(row -> values(row).toString()).toList();
                assertThat(rows).hasSameElementsAs(lists).hasSameSizeAs(lists);
            }
            case "row" ->
                assertThat(components(found.get(0)).toString())
                        .isEqualTo(values(wanted).toString());
            case "contains" -> assertThat(found.get(0).toString()).contains(wanted.toString());
            case "deleted" -> {
                Deleted deleted = (Deleted) found.get(0);
                assertThat(deleted.total()).isEqualTo(((Map<?, ?>) wanted).get("total"));
                assertThat(deleted.byTable()).isEqualTo(((Map<?, ?>) wanted).get("tables"));
            }
            default -> throw new IllegalStateException(kind);
        }
    }

    private static Collection<?> values(Object row) {
        return row instanceof Map<?, ?> map ? map.values() : (List<?>) row;
    }

    private static List<@Nullable Object> components(Object row) {
        if (row instanceof Annotated<?> annotated) {
            return components(annotated.value());
        }
        List<@Nullable Object> values = new ArrayList<>();
        RecordComponent[] components = row.getClass().getRecordComponents();
        if (components == null) {
            values.add(row);
            return values;
        }
        for (RecordComponent component : components) {
            try {
                values.add(component.getAccessor().invoke(row));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return values;
    }
}
