package rillite.r2dbc.kit;

final class SqliteTestKitNamedProxyTests extends SqliteProxyTestKit {
    SqliteTestKitNamedProxyTests() {
        super(BindStyle.NAMED);
    }
}
