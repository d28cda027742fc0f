package rillite.r2dbc.web;

final class WebFluxStreamingIT extends StreamingContract {
    private final WebFluxServer server = new WebFluxServer();

    @Override
    int start(WideRows rows) {
        return server.start(rows);
    }

    @Override
    void stop() {
        server.stop();
    }
}
