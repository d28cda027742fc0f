package rillite.r2dbc.kit;

final class SqliteTestKitNumberedUngroupedTests extends SqliteTestKit {
    SqliteTestKitNumberedUngroupedTests() {
        super(BindStyle.NUMBERED, "", "groupCommit=false");
    }
}
