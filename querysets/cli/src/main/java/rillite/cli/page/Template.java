package rillite.cli.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of this package with places, written as <code>{{name}}</code>, that are filled in. */
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private final String text;

    Template(String file) {
        text = read(file);
    }

    /** A file of this package, its lines ended as browsers see them. */
    static String read(String file) {
        try (InputStream in = Objects.requireNonNull(Template.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a content security policy calls a text that it permits, for example {@code 'sha256-..'}. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the text; each place is written by the one that is named like it. */
    void write(Markup markup, Map<String, Runnable> places) {
        Matcher place = PLACE.matcher(text);
        int from = 0;
        while (place.find()) {
            markup.raw(text.substring(from, place.start()));
            Objects.requireNonNull(places.get(place.group(1)), place.group(1)).run();
            from = place.end();
        }
        markup.raw(text.substring(from));
    }
}
