package rillite.codegen;

import java.nio.file.Path;
import java.util.List;

/**
 * Sources that were generated. Immutable.
 *
 * @param packageName their package
 * @param schemaHash differs when the schema differs in anything that sources are made of
 * @param files all files
 * @param notes what was left out, and why
 */
public record GeneratedSources(String packageName, String schemaHash, List<GeneratedFile> files, List<String> notes) {

    public GeneratedSources {
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }

    /**
     * Writes the files under a root of sources, on the calling thread. Files that are the same already are not touched;
     * files of the package that an earlier run wrote and this one does not are removed.
     *
     * @throws CodegenException the folder cannot be written, or holds a file of such a name that was not generated
     */
    public WriteReport writeTo(Path root) {
        return new SourceFolder(root, this).write();
    }
}
