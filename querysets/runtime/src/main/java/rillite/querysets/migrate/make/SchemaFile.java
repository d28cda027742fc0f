package rillite.querysets.migrate.make;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of the desired schema. */
final class SchemaFile {

    private static final int LARGEST = 16 << 20;

    private SchemaFile() {}

    /** Reads it to its end, or fails as soon as it is too large. Blocks. */
    static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new InvalidSchemaException(
                        "The desired schema " + file + " is larger than " + (LARGEST >> 20) + " MiB.", null);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidSchemaException(
                    "The desired schema " + file + " is not text in UTF-8. Save it as UTF-8.", e);
        } catch (IOException e) {
            throw new InvalidSchemaException("Cannot read the desired schema " + file + ": " + e, e);
        }
    }
}
