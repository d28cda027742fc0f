package rillite.docs;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rows that both tutorials of HTTP servers answer with. */
final class Items {
    private Items() {}

    // tag::rows[]
    static Flux<String> lines(ConnectionFactory connections) {
        return Flux.usingWhen(
                connections.create(),
                connection -> Flux.from(connection
                                .createStatement("SELECT json_object('id', id, 'name', name) FROM item ORDER BY id")
                                .execute())
                        .concatMap(result -> result.map((row, metadata) -> row.get(0, String.class) + "\n")),
                Connection::close);
    }
    // end::rows[]

    // tag::one[]
    static Mono<String> line(ConnectionFactory connections, long id) {
        return Mono.usingWhen(
                connections.create(),
                connection -> Mono.from(connection
                                .createStatement("SELECT json_object('id', id, 'name', name) FROM item WHERE id = ?")
                                .bind(0, id)
                                .execute())
                        .flatMap(result -> Mono.from(result.map((row, metadata) -> row.get(0, String.class)))),
                Connection::close);
    }
    // end::one[]
}
