package rillite.r2dbc.kit;

final class SqliteTestKitNamedPoolTests extends SqlitePoolTestKit {
    SqliteTestKitNamedPoolTests() {
        super(BindStyle.NAMED);
    }
}
