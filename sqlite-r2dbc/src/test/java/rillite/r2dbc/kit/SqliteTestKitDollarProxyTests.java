package rillite.r2dbc.kit;

final class SqliteTestKitDollarProxyTests extends SqliteProxyTestKit {
    SqliteTestKitDollarProxyTests() {
        super(BindStyle.DOLLAR);
    }
}
