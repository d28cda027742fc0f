package rillite.querysets;

/** Which related rows a query brings along. */
record Loading() {

    static final Loading NONE = new Loading();
}
