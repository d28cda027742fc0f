package rillite.cli.schema;

import java.util.List;
import picocli.CommandLine.Option;
import rillite.codegen.CodegenOptions;
import rillite.codegen.Naming;
import rillite.codegen.TypeOverride;

/** What sources are written, with which names and types. */
final class SourceChoices {

    @Option(
            names = "--only",
            paramLabel = "TABLE",
            description = "A table to write, * standing for any text; all if none is given.",
            order = 10)
    private List<String> only = List.of();

    @Option(
            names = "--without",
            paramLabel = "TABLE",
            description = "A table to leave out, * standing for any text.",
            order = 11)
    private List<String> without = List.of();

    @Option(
            names = "--type",
            paramLabel = "COLUMN=TYPE",
            description = "Read columns as another type: book.pages=int, '*.placed=instant'.",
            order = 12)
    private List<String> types = List.of();

    @Option(
            names = "--name",
            paramLabel = "NAME=JAVA",
            description = "Name a record or a component: book=Volume, book.in_print=available.",
            order = 13)
    private List<String> names = List.of();

    @Option(
            names = "--relation",
            paramLabel = "COLUMN=NAMES",
            description = "Name a relation, seen from both sides: author.mentor_id=mentor,mentees, or one through a"
                    + " link table: book_tag.tag_name=labels.",
            order = 14)
    private List<String> relations = List.of();

    CodegenOptions on(CodegenOptions options) {
        CodegenOptions chosen =
                options.naming(naming()).only(only.toArray(String[]::new)).without(without.toArray(String[]::new));
        for (String type : types) {
            chosen = chosen.type(TypeOverride.parse(type));
        }
        return chosen;
    }

    private Naming naming() {
        Naming naming = Naming.derived();
        for (String text : names) {
            naming = naming.name(text);
        }
        for (String text : relations) {
            naming = naming.relation(text);
        }
        return naming;
    }
}
