package rillite.cli.schema;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import rillite.cli.Command;
import rillite.cli.InputFile;
import rillite.cli.Json;
import rillite.cli.Output;
import rillite.cli.Refusal;
import rillite.cli.Terminal;
import rillite.codegen.CodegenOptions;
import rillite.codegen.SchemaSource;
import rillite.codegen.SchemaWatcher;
import rillite.codegen.WatchSignal;
import rillite.codegen.WriteReport;

/** Writes Java sources. */
@CommandLine.Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes records and table classes in Java for the tables of a database, or of migrations.",
        footer = {
            "",
            "Files that are right already are not touched; files of earlier runs that are not needed any more are"
                    + " removed. Migrations are applied to a temporary file.",
            "",
            "Examples:",
            "  rillite generate --database shop.db --package com.example.shop --output src/main/java",
            "  rillite generate --migrations migrations --package com.example.shop --output target/generated --watch",
            "  rillite generate --database shop.db --package com.example.shop --output src --type '*.placed=instant'"
        })
final class GenerateCommand extends Command {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** Where the schema is. */
    private static final class Source {

        @Option(names = "--database", paramLabel = "DATABASE", description = "A file with the tables; it is only read.")
        private @Nullable Path database;

        @Option(names = "--migrations", paramLabel = "FOLDER", description = "Migrations that lead to the tables.")
        private @Nullable Path migrations;
    }

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Source source = new Source();

    @Option(
            names = "--package",
            required = true,
            paramLabel = "PACKAGE",
            description = "The package of the sources; it should hold nothing else.")
    private String packageName = "";

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FOLDER",
            description = "The root of the sources, under which the package is.")
    private Path root = Path.of("");

    @Mixin
    private SourceChoices choices = new SourceChoices();

    @Mixin
    private PlaceChoice place = new PlaceChoice();

    @Option(names = "--watch", description = "Write again after each change of the schema, until Ctrl-C.", order = 60)
    private boolean watch;

    GenerateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected int run(Output output) {
        requireFolder(root);
        Flux<WatchSignal> signals = Wording.of(
                () -> SchemaWatcher.watch(schema(), choices.on(CodegenOptions.of(packageName)), root, LOOK_EVERY));
        if (watch) {
            watch(signals, output);
        } else {
            tell(written(Objects.requireNonNull(signals.blockFirst())), output);
        }
        return WELL;
    }

    private static void requireFolder(Path root) {
        for (Path folder = root.toAbsolutePath().normalize(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder)) {
                if (!Files.isDirectory(folder)) {
                    throw new Refusal("--output \"" + folder + "\" is a file: name a folder for the sources.");
                }
                if (!Files.isWritable(folder)) {
                    throw new Refusal(
                            "--output \"" + folder + "\" may not be written by this user: name another folder.");
                }
                return;
            }
        }
    }

    private SchemaSource schema() {
        Path migrations = source.migrations;
        if (migrations != null && Files.notExists(migrations)) {
            throw new Refusal(
                    migrations.toAbsolutePath() + ": no such folder. Name the one of the migrations by --migrations.");
        }
        return migrations == null
                ? SchemaSource.database(
                        InputFile.of(Objects.requireNonNull(source.database)).path())
                : SchemaSource.migrations(migrations, place::on);
    }

    private static WatchSignal.Written written(WatchSignal signal) {
        if (signal instanceof WatchSignal.Failed failed) {
            throw Wording.of(Exceptions.propagate(failed.error()));
        }
        return (WatchSignal.Written) signal;
    }

    /** Ends when the thread is interrupted. */
    private void watch(Flux<WatchSignal> signals, Output output) {
        try {
            signals.doOnNext(signal -> {
                        if (signal instanceof WatchSignal.Failed failed) {
                            output.note(Wording.of(String.valueOf(failed.error().getMessage())));
                        } else {
                            tell(written(signal), output);
                        }
                    })
                    .blockLast();
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
    }

    private void tell(WatchSignal.Written signal, Output output) {
        WriteReport report = signal.report();
        if (output.isJson()) {
            Map<String, Object> json = json(signal);
            terminal().out().println(watch ? Json.line(json) : Json.pretty(json));
        } else {
            output.say(signal.sources().packageName() + " in " + root + ": "
                    + Output.count(report.written().size(), "file") + " written, "
                    + report.removed().size() + " removed, " + report.unchanged() + " unchanged.");
            signal.sources().notes().forEach(note -> output.say("  note: " + note));
        }
        terminal().out().flush();
    }

    private static Map<String, Object> json(WatchSignal.Written signal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("package", signal.sources().packageName());
        json.put("schema", signal.sources().schemaHash());
        json.put("written", paths(signal.report().written()));
        json.put("removed", paths(signal.report().removed()));
        json.put("unchanged", signal.report().unchanged());
        json.put("notes", signal.sources().notes());
        return json;
    }

    private static List<String> paths(List<Path> files) {
        return files.stream().map(Path::toString).toList();
    }
}
