package rillite.r2dbc.kit;

final class SqliteTestKitNamedTests extends SqliteTestKit {
    SqliteTestKitNamedTests() {
        super(BindStyle.NAMED, "");
    }
}
