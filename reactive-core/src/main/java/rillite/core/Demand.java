package rillite.core;

/** The one error of demand that is none. */
final class Demand {

    private Demand() {}

    static IllegalArgumentException refused(long n) {
        return new IllegalArgumentException("request(n) needs n of at least 1 (Reactive Streams rule 3.9), was " + n);
    }
}
