package rillite.r2dbc.web;

final class VertxStreamingIT extends StreamingContract {
    private final VertxServer server = new VertxServer();

    @Override
    int start(WideRows rows) {
        return server.start(rows);
    }

    @Override
    void stop() {
        server.stop();
    }
}
