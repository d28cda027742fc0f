package rillite.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.schema.RelationNames;
import rillite.querysets.schema.Schema;

/** The schema of a file that is there. */
record DatabaseFile(Path file) implements SchemaSource {

    @Override
    public Mono<Schema> read(RelationNames names) {
        return Mono.usingWhen(
                        Mono.defer(this::open),
                        database -> Mono.fromSupplier(() -> database.schema().withRelationNames(names)),
                        Database::close)
                .onErrorMap(IllegalArgumentException.class, e -> new CodegenException(e.getMessage(), e))
                .onErrorMap(
                        e -> !(e instanceof CodegenException),
                        e -> new CodegenException(
                                "The schema of \"" + file + "\" cannot be read: " + e.getMessage(), e));
    }

    private Mono<Database> open() {
        if (!Files.isRegularFile(file)) {
            return Mono.error(new CodegenException("There is no database file \"" + file + "\"."));
        }
        return Database.open(file, DatabaseOptions.defaults().readOnly());
    }

    @Override
    public Object stamp() {
        return Stream.of("", "-wal", "-journal")
                .map(end -> state(Path.of(file + end)))
                .toList();
    }

    @Override
    public Mono<String> fingerprint() {
        return Mono.fromSupplier(
                () -> new Hash().row(file.toAbsolutePath() + " " + stamp()).end());
    }

    /** Size and time of a file; empty when there is nothing in it, as a log that reading leaves behind, or no file. */
    static List<Object> state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() == 0 ? List.of() : List.of(attributes.size(), attributes.lastModifiedTime());
        } catch (IOException missing) {
            return List.of();
        }
    }
}
