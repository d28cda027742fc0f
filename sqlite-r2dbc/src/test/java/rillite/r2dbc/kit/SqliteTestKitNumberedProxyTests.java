package rillite.r2dbc.kit;

final class SqliteTestKitNumberedProxyTests extends SqliteProxyTestKit {
    SqliteTestKitNumberedProxyTests() {
        super(BindStyle.NUMBERED);
    }
}
