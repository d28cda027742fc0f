package rillite.r2dbc.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.r2dbc.proxy.ProxyConnectionFactory;
import io.r2dbc.proxy.callback.ProxyConfig;
import io.r2dbc.proxy.core.BindInfo;
import io.r2dbc.proxy.core.R2dbcProxyException;
import io.r2dbc.proxy.listener.BindParameterConverter;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.Wrapped;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/**
 * The kit through r2dbc-proxy. Since its converters exist, that library wraps whatever {@code bind} and {@code Row.get}
 * throw in an exception of its own, for every driver. The two tests that look at those exceptions run the kit's code
 * behind a proxy whose converters hand them on; a third test pins what the proxy does by itself.
 */
abstract class SqliteProxyTestKit extends SqliteTestKit {
    private boolean handsOn;

    SqliteProxyTestKit(BindStyle style) {
        super(style, "proxy:");
    }

    @Override
    public ConnectionFactory getConnectionFactory() {
        ConnectionFactory proxy = super.getConnectionFactory();
        if (!handsOn || !(proxy instanceof Wrapped<?> wrapped && wrapped.unwrap() instanceof ConnectionFactory inner)) {
            return proxy;
        }
        return ProxyConnectionFactory.builder(inner)
                .proxyConfig(ProxyConfig.builder()
                        .bindParameterConverter(new BindParameterConverter() {
                            @Override
                            public void onBind(BindInfo info, Statement statement, BindOperation operation) {
                                handOn(operation::proceed);
                            }
                        })
                        .resultRowConverter((row, method, arguments, operation) -> handOn(operation::proceed))
                        .build())
                .build();
    }

    @Test
    @Override
    public void bindFails() {
        handsOn = true;
        super.bindFails();
        handsOn = false;
    }

    @Test
    @Override
    public void row() {
        handsOn = true;
        super.row();
        handsOn = false;
    }

    @Test
    void proxy_exceptionsOfBindAndGet_areWrapped() {
        Connection connection = Await.one(getConnectionFactory().create());

        Throwable bind =
                catchThrowable(() -> connection.createStatement("SELECT 1").bind(0, ""));
        Throwable get = Await.error(TestDatabase.rows(connection, row -> row.get(-1), "SELECT 1"));

        assertThat(bind).isInstanceOf(R2dbcProxyException.class).hasCauseInstanceOf(IndexOutOfBoundsException.class);
        assertThat(get).isInstanceOf(R2dbcProxyException.class).hasCauseInstanceOf(IndexOutOfBoundsException.class);
        Await.done(Mono.from(connection.close()));
    }

    private static <T> T handOn(Supplier<T> call) {
        try {
            return call.get();
        } catch (R2dbcProxyException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
