package rillite.codegen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.migrate.Migration;
import rillite.querysets.migrate.Migrations;
import rillite.querysets.schema.RelationNames;
import rillite.querysets.schema.Schema;

/** The schema that the migrations of a folder lead to, found by applying them to a new file that is deleted afterwards. */
record MigrationFolder(Path folder, UnaryOperator<Migrations> settings) implements SchemaSource {

    @Override
    public Mono<Schema> read(RelationNames names) {
        return Mono.usingWhen(
                        Mono.fromCallable(Scratch::make),
                        scratch -> migrated(scratch.file(), names),
                        scratch -> Mono.fromRunnable(scratch::close))
                .onErrorMap(IllegalArgumentException.class, e -> new CodegenException(e.getMessage(), e));
    }

    private Mono<Schema> migrated(Path file, RelationNames names) {
        return Mono.usingWhen(
                Database.open(file),
                database -> settings.apply(Migrations.of(folder))
                        .migrate(database)
                        .then(database.refresh())
                        .map(migrated -> migrated.schema().withRelationNames(names)),
                Database::close);
    }

    @Override
    public Mono<String> fingerprint() {
        return Mono.defer(() -> settings.apply(Migrations.of(folder)).files()).map(MigrationFolder::fingerprint);
    }

    /** Of the ways up alone: nobody goes back here. */
    private static String fingerprint(List<Migration> migrations) {
        Hash hash = new Hash();
        for (Migration migration : migrations) {
            hash.row(migration.toString(), migration.up().mode().name());
            migration.up().statements().forEach(statement -> hash.row(statement.sql()));
        }
        return hash.end();
    }

    @Override
    public Object stamp() {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.sorted()
                    .map(file -> List.of(file, DatabaseFile.state(file)))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
