package rillite.r2dbc.kit;

final class SqliteTestKitDollarProxyTests extends SqliteTestKit {
    SqliteTestKitDollarProxyTests() {
        super(BindStyle.DOLLAR, "proxy:");
    }
}
