package rillite.benchmarks;

import org.reactivestreams.Publisher;

/** One subscriber's way to the database: cold publishers, used one after the other. */
interface Client {

    String INSERT_ENTRY = "INSERT INTO entry(who, note) VALUES (?, ?)";
    String NOTE = "a note of thirty-two characters.";

    /** Emits the amount of the item with this id. */
    Publisher<Long> read(long id);

    /** Emits the number of inserted rows. */
    Publisher<Long> insert(long who);
}
