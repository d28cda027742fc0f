package rillite.auth;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Deletes many rows in batches between which others write. Their keys are looked for on a lane that reads, which holds up nobody;
 * then they are deleted by key, one statement and one transaction for each batch. A cancel ends it behind the batch under way.
 */
final class Sweep {

    private final Store store;
    private final int size;

    /**
     * @param size keys in a batch
     */
    Sweep(Store store, int size) {
        this.store = store;
        this.size = size;
    }

    /**
     * @param seen how many rows were looked at
     * @param last the key of the last one
     * @param deleted how many of them are gone
     */
    private record Batch(long seen, String last, long deleted) {}

    /**
     * Deletes what an index finds.
     *
     * @param find of {@code (?1 bound, ?2 size)}: {@code seen}, {@code keys} as JSON
     * @param delete of {@code (?1 bound, ?2 keys)}; it looks at the condition again
     */
    Mono<Long> found(String find, String delete, Object bound) {
        Mono<Batch> batch = Mono.defer(() -> store.row(find, bound, size))
                .map(Fields::of)
                .flatMap(row -> deleted(row, delete, bound).map(rows -> new Batch(row.number("seen"), "", rows)));
        return batch.expand(before -> before.seen() < size || before.deleted() == 0 ? Mono.empty() : batch)
                .reduce(0L, (sum, each) -> sum + each.deleted());
    }

    /**
     * Looks at all rows in the order of their key, and deletes the dead.
     *
     * @param find of {@code (?1 bound, ?2 size, ?3 key behind which)}: {@code seen}, {@code keys} as JSON, {@code last}
     * @param delete as above
     */
    Mono<Long> walked(String find, String delete, Object bound) {
        return walk(find, delete, bound, "")
                .expand(before -> before.seen() < size ? Mono.empty() : walk(find, delete, bound, before.last()))
                .reduce(0L, (sum, each) -> sum + each.deleted());
    }

    private Mono<Batch> walk(String find, String delete, Object bound, String behind) {
        return Mono.defer(() -> store.row(find, bound, size, behind))
                .map(Fields::of)
                .flatMap(row -> deleted(row, delete, bound)
                        .map(rows -> new Batch(row.number("seen"), known(row.optionalText("last")), rows)));
    }

    private static String known(@Nullable String key) {
        return key == null ? "" : key;
    }

    private Mono<Long> deleted(Fields row, String delete, Object bound) {
        String keys = row.text("keys");
        return keys.equals("[]") ? Mono.just(0L) : store.change(delete, bound, keys);
    }
}
