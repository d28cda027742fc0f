package rillite.r2dbc.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rillite.core.vertx.VertxBridge;

/** Two handlers of a Vert.x HTTP server, as a user would write them with the bridge. */
final class VertxServer {
    private @Nullable Vertx vertx;

    int start(WideRows rows) {
        Vertx started = Vertx.vertx();
        vertx = started;
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setSendBufferSize(StreamingContract.SEND_BUFFER);
        return started.createHttpServer(options)
                .requestHandler(request -> handle(rows, request))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join()
                .actualPort();
    }

    private static void handle(WideRows rows, HttpServerRequest request) {
        HttpServerResponse response = request.response()
                .putHeader("Content-Type", "application/x-ndjson")
                .setChunked(true);
        if (request.path().equals("/rows")) {
            ReadStream<Buffer> lines = VertxBridge.stream(rows.lines().map(Buffer::buffer));
            response.closeHandler(closed -> lines.handler(null));
            lines.pipeTo(response);
        } else {
            int id = Integer.parseInt(request.path().substring("/row/".length()));
            VertxBridge.future(rows.line(id)).onSuccess(response::end).onFailure(error -> response.reset());
        }
    }

    void stop() {
        if (vertx != null) {
            vertx.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
        }
    }
}
