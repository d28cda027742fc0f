package rillite.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.querysets.Database;

/**
 * Sources of three well-known databases compile and read every row. The databases are not part of the repository; the
 * system property {@code rillite.data} names their folder, else {@code shared/data} beside the project or above is
 * looked for.
 */
@Tag("external")
final class RealDatabasesTests {

    @TempDir
    Path directory;

    /** Reads all rows of all tables and views, then runs some lines of Java. */
    private List<String> run(String name, CodegenOptions options, String lines) throws IOException {
        Path file = Sample.wellKnown(name, directory);
        GeneratedSources sources = Sample.generate(file, options);
        StringBuilder reads = new StringBuilder();
        Shapes shapes = new Shapes(Sample.schema(file), options);
        for (TableShape table : shapes.tables()) {
            reads.append("        rows += db.objects(")
                    .append(table.names().constant())
                    .append(").flux().count().block();\n");
        }
        GeneratedFile probe = new GeneratedFile("app/Probe.java", """
                package app;

                import static app.db.Tables.*;

                import app.db.*;
                import java.util.List;
                import java.util.function.Function;
                import rillite.querysets.*;

                public final class Probe implements Function<Database, List<String>> {
                    @Override
                    public List<String> apply(Database db) {
                        long rows = 0;
                %s
                        String all = rows + " rows";
                %s
                    }
                }
                """.formatted(reads, lines));
        assertThat(sources.notes()).isEmpty();
        try (Compiled compiled = Compiled.of(directory, sources, probe)) {
            Database database = Objects.requireNonNull(Database.open(file).block(Sample.PATIENCE));
            try {
                return compiled.run("app.Probe", database);
            } finally {
                database.close().block(Sample.PATIENCE);
            }
        }
    }

    @Test
    void chinook_compilesAndAnswers() throws IOException {
        assertThat(run("chinook.db", CodegenOptions.of("app.db"), """
                        return List.of(
                                all,
                                db.objects(TRACK)
                                        .filter(TRACK.album().artist().name.eq("AC/DC"), TRACK.milliseconds.gt(300_000))
                                        .selectRelated(TRACK.album().artist())
                                        .orderBy(TRACK.name.asc())
                                        .first()
                                        .map(track -> track.name() + ", " + track.album().get().title())
                                        .block(),
                                db.objects(ARTIST)
                                        .filter(ARTIST.albums().count().gte(10), ARTIST.name.notNull())
                                        .orderBy(ARTIST.name.asc())
                                        .select(ARTIST.name)
                                        .list()
                                        .block()
                                        .toString());
                        """))
                .containsExactly(
                        "15607 rows",
                        "For Those About To Rock (We Salute You), For Those About To Rock We Salute You",
                        "[Deep Purple, Iron Maiden, Led Zeppelin, Metallica, U2]");
    }

    @Test
    void northwind_compilesAndAnswers() throws IOException {
        List<String> answers = run("northwind.db", CodegenOptions.of("app.db"), """
                        return List.of(
                                all,
                                db.objects(ORDER_DETAIL)
                                        .filter(ORDER_DETAIL.product().category().categoryName.eq("Seafood"))
                                        .count()
                                        .block()
                                        .toString(),
                                db.objects(PRODUCT)
                                        .prefetchRelated(PRODUCT.orders())
                                        .orderBy(PRODUCT.productID.asc())
                                        .first()
                                        .map(product -> product.productName() + " " + product.orders().size())
                                        .block());
                        """);

        assertThat(answers.get(0)).endsWith(" rows");
        assertThat(answers.subList(1, 3)).containsExactly("330", "Chai 38");
    }

    /** One column of numbers holds texts. */
    @Test
    void sakila_compilesAndAnswers() throws IOException {
        List<String> answers = run("sakila.db", CodegenOptions.of("app.db").type("staff.active", "any"), """
                        return List.of(
                                all,
                                db.objects(FILM)
                                        .filter(FILM.actors().any(actor -> actor.lastName.eq("GUINESS")),
                                                FILM.language().name.startsWith("English"))
                                        .count()
                                        .block()
                                        .toString(),
                                db.objects(CUSTOMER)
                                        .prefetchRelated(CUSTOMER.rentals().then(rental -> rental.inventory()))
                                        .orderBy(CUSTOMER.customerId.asc())
                                        .first()
                                        .map(customer -> customer.lastName() + " " + customer.rentals().size())
                                        .block());
                        """);

        assertThat(answers.get(0)).endsWith(" rows");
        assertThat(answers.get(2)).isEqualTo("SMITH 32");
    }
}
