package rillite.cli;

/** The program {@code rillite}: see {@code rillite --help}. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(Rillite.run(Terminal.system(), args));
    }
}
