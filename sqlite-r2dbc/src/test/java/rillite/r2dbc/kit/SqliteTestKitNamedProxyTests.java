package rillite.r2dbc.kit;

final class SqliteTestKitNamedProxyTests extends SqliteTestKit {
    SqliteTestKitNamedProxyTests() {
        super(BindStyle.NAMED, "proxy:");
    }
}
