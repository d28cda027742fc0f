package rillite.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, as its jar tells. */
final class Version implements IVersionProvider {

    static String current() {
        return Objects.requireNonNullElse(Rillite.class.getPackage().getImplementationVersion(), "in development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "rillite " + current(), "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name")
        };
    }
}
