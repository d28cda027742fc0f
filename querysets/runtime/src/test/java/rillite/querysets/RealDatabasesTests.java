package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import rillite.querysets.schema.Check;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;
import rillite.querysets.schema.Relation.Kind;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/**
 * Three well-known databases, read whole: every table, view, relation and row. They are not part of the repository; the
 * system property {@code rillite.data} names their folder, else {@code shared/data} beside the project or above is
 * looked for.
 */
@Tag("external")
final class RealDatabasesTests {

    @TempDir
    Path directory;

    private Fixture copy(String name) throws IOException {
        Path original = folder().resolve(name);
        assumeTrue(
                Files.exists(original),
                () -> "needs the sample database " + name + "; name its folder with -Drillite.data=..");
        return Fixture.ofFile(Access.DRIVER, Files.copy(original, directory.resolve(name)));
    }

    private static Path folder() {
        String named = System.getProperty("rillite.data");
        if (named != null) {
            return Path.of(named);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path data = at.resolve("shared/data");
            if (Files.isDirectory(data)) {
                return data;
            }
        }
        return Path.of("shared/data");
    }

    /** Reads every row of every table and view, and follows every relation. */
    private static void readWhole(Fixture fixture) {
        Schema schema = fixture.db.schema();
        for (Table table : schema.tables()) {
            assertThat(table.problem()).as(table.name()).isNull();
            long rows = Objects.requireNonNull(Flux.from(fixture.db.objects(table.name()))
                    .doOnNext(row -> table.columns().forEach(column -> row.get(column.name(), Object.class)))
                    .count()
                    .block(Fixture.PATIENCE));
            assertThat(fixture.jdbc("SELECT count(*) FROM " + RandomSchema.quoted(table.name())))
                    .containsExactly(List.of(rows > Integer.MAX_VALUE ? (Object) rows : (Object) (int) rows));
            for (Relation relation : schema.relations(table.name())) {
                Relation back = schema.relation(relation.target().name(), relation.inverse())
                        .orElseThrow();
                assertThat(fixture.jdbc(join(relation))).isEqualTo(fixture.jdbc(join(back)));
            }
        }
    }

    private static String join(Relation relation) {
        Relation.@Nullable Link link = relation.link();
        String middle = link == null ? "t" : "l";
        return "SELECT count(*) FROM " + RandomSchema.quoted(relation.owner().name()) + " AS o"
                + (link == null
                        ? " JOIN " + RandomSchema.quoted(relation.target().name()) + " AS t"
                        : " JOIN " + RandomSchema.quoted(link.table().name()) + " AS l JOIN "
                                + RandomSchema.quoted(relation.target().name()) + " AS t ON "
                                + pairs("l", link.to(), "t", link.target()))
                + " WHERE " + pairs("o", relation.from(), middle, relation.to());
    }

    private static String pairs(String left, List<Column> some, String right, List<Column> others) {
        return IntStream.range(0, some.size())
                .mapToObj(i -> left + "." + RandomSchema.quoted(some.get(i).name()) + " = " + right + "."
                        + RandomSchema.quoted(others.get(i).name()))
                .collect(Collectors.joining(" AND "));
    }

    private static List<String> names(Schema schema, String table) {
        return schema.relations(table).stream().map(Relation::name).toList();
    }

    private static Map<Kind, Long> kinds(Schema schema) {
        return schema.tables().stream()
                .flatMap(table -> schema.relations(table.name()).stream())
                .collect(Collectors.groupingBy(Relation::kind, TreeMap::new, Collectors.counting()));
    }

    private static long count(Schema schema, Table.Kind kind) {
        return schema.tables().stream().filter(table -> table.kind() == kind).count();
    }

    @Test
    void chinook_isReadWhole() throws IOException {
        try (Fixture chinook = copy("chinook.db")) {
            Schema schema = chinook.db.schema();
            assertThat(count(schema, Table.Kind.TABLE)).isEqualTo(11);
            assertThat(kinds(schema)).isEqualTo(Map.of(Kind.TO_ONE, 11L, Kind.TO_MANY, 11L, Kind.MANY_TO_MANY, 2L));
            assertThat(names(schema, "Album")).containsExactly("Artist", "Tracks");
            assertThat(names(schema, "Artist")).containsExactly("Albums");
            assertThat(names(schema, "Playlist")).containsExactly("PlaylistTracks", "Tracks");
            assertThat(names(schema, "Employee"))
                    .containsExactly("ReportsTo_ref", "Customers_as_SupportRep", "Employees_as_ReportsTo_ref");
            assertThat(schema.find("Track").orElseThrow().declaration().autoincrement())
                    .isTrue();
            assertThat(schema.notes()).isEmpty();
            readWhole(chinook);
        }
    }

    @Test
    void northwind_isReadWhole() throws IOException {
        try (Fixture northwind = copy("northwind.db")) {
            Schema schema = northwind.db.schema();
            assertThat(count(schema, Table.Kind.TABLE)).isEqualTo(13);
            assertThat(count(schema, Table.Kind.VIEW)).isEqualTo(17);
            assertThat(kinds(schema)).isEqualTo(Map.of(Kind.TO_ONE, 13L, Kind.TO_MANY, 13L, Kind.MANY_TO_MANY, 6L));
            assertThat(names(schema, "Orders"))
                    .containsExactly("Employee", "Customer", "ShipVia_ref", "Order Details", "Products");
            assertThat(names(schema, "Customers"))
                    .containsExactly("CustomerCustomerDemos", "Orders", "CustomerDemographics");
            assertThat(names(schema, "CustomerDemographics"))
                    .containsExactly("CustomerCustomerDemos_as_CustomerType", "Customers");
            Table details = schema.find("Order Details").orElseThrow();
            assertThat(details.declaration().checks().stream().map(Check::sql))
                    .containsExactly("[Discount]>=(0) AND [Discount]<=(1)", "[Quantity]>(0)", "[UnitPrice]>=(0)");
            assertThat(schema.notes()).isEmpty();
            readWhole(northwind);
        }
    }

    @Test
    void sakila_isReadWhole() throws IOException {
        try (Fixture sakila = copy("sakila.db")) {
            Schema schema = sakila.db.schema();
            assertThat(count(schema, Table.Kind.TABLE)).isEqualTo(16);
            assertThat(count(schema, Table.Kind.VIEW)).isEqualTo(5);
            assertThat(kinds(schema)).isEqualTo(Map.of(Kind.TO_ONE, 22L, Kind.TO_MANY, 22L, Kind.MANY_TO_MANY, 4L));
            assertThat(names(schema, "film"))
                    .containsExactly(
                            "language",
                            "original_language",
                            "film_actors",
                            "film_categories",
                            "inventories",
                            "actors",
                            "categories");
            assertThat(names(schema, "store"))
                    .containsExactly("manager_staff", "address", "customers", "inventories", "staffs");
            assertThat(schema.relation("film", "language").orElseThrow().optional())
                    .isFalse();
            assertThat(schema.relation("film", "original_language")
                            .orElseThrow()
                            .optional())
                    .isTrue();
            assertThat(schema.tables().stream()
                            .mapToInt(table -> table.declaration().triggers().size())
                            .sum())
                    .isEqualTo(30);
            assertThat(schema.find("film").orElseThrow().declaration().checks().stream()
                            .map(Check::name))
                    .containsExactly("CHECK_special_features", "CHECK_special_rating");
            assertThat(schema.notes()).isEmpty();
            readWhole(sakila);
        }
    }
}
