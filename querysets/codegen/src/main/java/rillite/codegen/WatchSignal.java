package rillite.codegen;

/** What a watcher tells. */
public sealed interface WatchSignal {

    /**
     * The sources were brought up to date.
     *
     * @param sources all sources
     * @param report what that changed on disk
     */
    record Written(GeneratedSources sources, WriteReport report) implements WatchSignal {}

    /**
     * They could not be: the schema cannot be read at the moment, does not fit the options, or the folder cannot be
     * written. The watcher goes on.
     */
    record Failed(Throwable error) implements WatchSignal {}
}
