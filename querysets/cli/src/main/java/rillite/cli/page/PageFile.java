package rillite.cli.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import rillite.cli.Blame;
import rillite.cli.Draft;
import rillite.cli.Inspection;
import rillite.cli.OpenDatabase;
import rillite.cli.Refusal;

/** The file that the page goes to: whole or not at all, and never in the place of anything but an older page. */
public final class PageFile {

    private static final String BEGINNING = "<!doctype html>";
    private static final String GENERATOR = "<meta name=\"generator\" content=\"rillite inspect\"/>";
    private static final int HEAD = 4096;

    private final Path file;

    private PageFile(Path file) {
        this.file = file;
    }

    /**
     * @throws Refusal it cannot be a page: it is a folder, in a folder that is not there, or a file that is no page
     */
    public static PageFile of(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null) {
            throw new Refusal("\"" + file + "\" is a folder: give the page a name in it.");
        }
        if (!Files.isDirectory(folder)) {
            throw new Refusal("There is no folder \"" + folder + "\": make it first.");
        }
        if (Files.exists(file) && !isPage(file)) {
            throw new Refusal("\"" + file
                    + "\" is there already and no HTML page of rillite inspect: give the page another name.");
        }
        return new PageFile(file);
    }

    private static boolean isPage(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
            return head.startsWith(BEGINNING) && head.contains(GENERATOR);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Writes the page and gives its size in bytes.
     *
     * @param rows how many rows to show of each table; 0 for none
     * @throws Refusal the file cannot be written
     */
    public long write(Inspection inspection, OpenDatabase open, int rows) {
        Path draft = draft();
        try {
            try (Writer out = Files.newBufferedWriter(draft, StandardOpenOption.WRITE)) {
                Page.write(inspection, new Samples(open, rows), out);
            }
            Draft.replace(draft, file);
            return Files.size(file);
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(e);
        } finally {
            draft.toFile().delete();
        }
    }

    /** A file that was not there before, so that it may be deleted. */
    private Path draft() {
        Path draft = Draft.beside(file, "." + file.getFileName() + ".part-");
        try {
            Files.createFile(draft);
        } catch (IOException e) {
            throw unwritable(e);
        }
        draft.toFile().deleteOnExit();
        return draft;
    }

    private Refusal unwritable(Exception e) {
        return new Refusal("\"" + file + "\" cannot be written: " + Blame.of(e) + ".", e);
    }
}
