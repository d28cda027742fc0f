package rillite.r2dbc;

import java.nio.file.Path;
import reactor.core.publisher.Mono;

/** Copies a database while it is in use; a capability of connections and factories. */
public interface SqliteBackup {

    /**
     * Writes one consistent, compacted snapshot to a new file, beside readers and writers. The copy gets its name only when
     * it is complete; cancelling or failing removes what was written. The end arrives on the emission scheduler.
     *
     * @param target a file that does not exist, in a folder that does
     * @return completes when the copy is there; an error if the target exists or cannot be written
     */
    Mono<Void> backup(Path target);
}
