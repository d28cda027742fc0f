package rillite.r2dbc.kit;

final class SqliteTestKitNumberedProxyTests extends SqliteTestKit {
    SqliteTestKitNumberedProxyTests() {
        super(BindStyle.NUMBERED, "proxy:");
    }
}
