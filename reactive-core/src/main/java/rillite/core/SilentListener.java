package rillite.core;

/** A listener that does nothing. */
final class SilentListener implements LaneListener {
    static final SilentListener INSTANCE = new SilentListener();

    private SilentListener() {}
}
