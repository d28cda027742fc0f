package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import rillite.querysets.RandomSchema.GivenColumn;
import rillite.querysets.RandomSchema.GivenKey;
import rillite.querysets.RandomSchema.GivenTable;
import rillite.querysets.schema.Check;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.Index;
import rillite.querysets.schema.Relation;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;
import rillite.querysets.schema.Trigger;

/** What is read is what was declared, whatever the tables look like. Replay a failure with {@code -Drillite.seed=..}. */
final class RandomSchemaTests {

    @TempDir
    Path directory;

    @RepeatedTest(100)
    void whatIsRead_isWhatWasDeclared() {
        long seed = Long.getLong("rillite.seed", System.nanoTime());
        RandomSchema given = new RandomSchema(new Random(seed));
        String script = given.script();
        try (Fixture fixture = Fixture.ofScript(Access.BARE, directory, script)) {
            Schema schema = fixture.db.schema();
            assertThat(fixture.db.schema().tables().stream().map(Table::name))
                    .containsExactlyInAnyOrderElementsOf(
                            given.tables.stream().map(GivenTable::name).toList());
            given.tables.forEach(table -> same(table, schema.find(table.name()).orElseThrow()));
            relations(given, schema);
            schema.tables().forEach(table -> fixture.keys(fixture.db.objects(table.name())));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + "\n" + script, e);
        }
    }

    private static void same(GivenTable given, Table table) {
        assertThat(table.columns().stream().map(Column::name))
                .containsExactlyElementsOf(
                        given.columns().stream().map(GivenColumn::name).toList());
        given.columns()
                .forEach(column ->
                        same(given, column, table.column(column.name()).orElseThrow()));
        assertThat(table.primaryKey().stream().map(Column::name)).containsExactlyElementsOf(given.key());
        assertThat(table.withoutRowid()).isEqualTo(given.withoutRowid());
        assertThat(table.strict()).isEqualTo(given.strict());
        assertThat(table.declaration().autoincrement()).isEqualTo(given.autoincrement());
        assertThat(table.declaration().triggers().stream().map(Trigger::name))
                .containsExactlyElementsOf(given.triggers());
        List<Check> checks = new ArrayList<>();
        for (GivenColumn column : given.columns()) {
            if (column.checkSql() != null) {
                checks.add(new Check(null, column.checkSql(), column.name()));
            }
        }
        if (given.checkSql() != null) {
            checks.add(new Check("the check", given.checkSql(), null));
        }
        assertThat(table.declaration().checks()).isEqualTo(checks);
        assertThat(table.foreignKeys()).hasSameSizeAs(given.foreignKeys());
        for (int i = 0; i < given.foreignKeys().size(); i++) {
            same(given.foreignKeys().get(i), table.foreignKeys().get(i));
        }
        given.indexes().forEach(index -> {
            Index read = table.indexes().stream()
                    .filter(one -> one.name().equals(index.name()))
                    .findFirst()
                    .orElseThrow();
            assertThat(read.unique()).isEqualTo(index.unique());
            assertThat(read.columns()).isEqualTo(index.columns());
            assertThat(read.predicate()).isEqualTo(index.where());
            assertThat(read.terms().stream().map(Index.Term::descending)).isEqualTo(index.descending());
            assertThat(read.terms().stream().map(Index.Term::collation))
                    .isEqualTo(index.columns().stream()
                            .map(name -> given.column(name).collation())
                            .toList());
        });
        given.unique()
                .forEach(columns -> assertThat(table.isUnique(columns.stream()
                                .map(name -> table.column(name).orElseThrow())
                                .toList()))
                        .isTrue());
    }

    private static void same(GivenTable table, GivenColumn given, Column column) {
        assertThat(column.declaredType()).isEqualTo(given.type());
        assertThat(column.defaultSql()).isEqualTo(given.defaultSql());
        assertThat(column.generatedSql()).isEqualTo(given.generatedSql());
        assertThat(column.isGenerated()).isEqualTo(given.generatedSql() != null);
        if (column.isGenerated()) {
            assertThat(column.kind())
                    .isEqualTo(given.stored() ? Column.Kind.GENERATED_STORED : Column.Kind.GENERATED_VIRTUAL);
        }
        assertThat(column.collation()).isEqualTo(given.collation());
        boolean inKey = table.key().contains(given.name());
        boolean rowid = inKey
                && table.key().size() == 1
                && !table.withoutRowid()
                && given.type().equalsIgnoreCase("INTEGER");
        assertThat(column.kind() == Column.Kind.ROWID).isEqualTo(rowid);
        assertThat(column.notNull())
                .isEqualTo(given.notNull() || rowid || inKey && (table.withoutRowid() || table.strict()));
    }

    private static void same(GivenKey given, ForeignKey key) {
        assertThat(lower(key.columns())).isEqualTo(lower(given.columns()));
        assertThat(RandomSchema.ascii(key.parentTable())).isEqualTo(RandomSchema.ascii(given.parent()));
        if (!given.parentColumns().isEmpty()) {
            assertThat(lower(key.parentColumns())).isEqualTo(lower(given.parentColumns()));
        }
        assertThat(key.deferred()).isEqualTo(given.deferred());
        assertThat(key.name()).isEqualTo(given.name());
        assertThat(key.onDelete().name()).isEqualTo(given.onDelete().replace(' ', '_'));
    }

    private static List<String> lower(List<String> names) {
        return names.stream().map(RandomSchema::ascii).toList();
    }

    private static void relations(RandomSchema given, Schema schema) {
        for (GivenTable table : given.tables) {
            Set<String> names = new HashSet<>();
            table.columns().forEach(column -> names.add(column.name().toLowerCase(Locale.ROOT)));
            Set<Object> wanted = new HashSet<>();
            for (ForeignKey key : schema.find(table.name()).orElseThrow().foreignKeys()) {
                given.tables.stream()
                        .filter(one -> RandomSchema.ascii(one.name()).equals(RandomSchema.ascii(key.parentTable())))
                        .filter(parent -> leads(key, parent, schema))
                        .forEach(parent ->
                                wanted.add(List.of(lower(key.columns()), parent.name(), lower(key.parentColumns()))));
            }
            List<Relation> relations = schema.relations(table.name());
            Set<Object> found = new HashSet<>();
            for (Relation relation : relations) {
                assertThat(names.add(relation.name().toLowerCase(Locale.ROOT))).isTrue();
                assertThat(schema.relation(table.name(), relation.name())).contains(relation);
                Relation back = schema.relation(relation.target().name(), relation.inverse())
                        .orElseThrow();
                assertThat(back.inverse()).isEqualTo(relation.name());
                if (relation.kind() == Relation.Kind.TO_ONE) {
                    assertThat(back.from()).isEqualTo(relation.to());
                    found.add(
                            List.of(columns(relation.from()), relation.target().name(), columns(relation.to())));
                } else if (relation.kind() == Relation.Kind.MANY_TO_MANY) {
                    assertThat(Objects.requireNonNull(back.link()).to()).isEqualTo(relation.to());
                } else {
                    assertThat(back.kind()).isEqualTo(Relation.Kind.TO_ONE);
                }
            }
            assertThat(found).isEqualTo(wanted);
        }
    }

    private static boolean leads(ForeignKey key, GivenTable parent, Schema schema) {
        Table table = schema.find(parent.name()).orElseThrow();
        List<Column> columns = key.parentColumns().stream()
                .flatMap(name -> table.columns().stream()
                        .filter(column -> RandomSchema.ascii(column.name()).equals(RandomSchema.ascii(name))))
                .toList();
        return columns.size() == key.columns().size() && table.isUnique(columns);
    }

    private static List<String> columns(List<Column> columns) {
        return lower(columns.stream().map(Column::name).toList());
    }
}
