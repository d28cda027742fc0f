package rillite.cli.schema;

import rillite.cli.Refusal;

/** The value of an option that says something of something: {@code book.title=name}. */
record Assignment(String name, String value) {

    /**
     * Divides the text at its first equals sign.
     *
     * @param form how the value is written, such as {@code OLD=NEW}
     * @throws Refusal there is none, or nothing before it
     */
    static Assignment parse(String option, String form, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new Refusal("What follows " + option + " is written " + form + ", and is \"" + text + "\".");
        }
        return new Assignment(
                text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }
}
