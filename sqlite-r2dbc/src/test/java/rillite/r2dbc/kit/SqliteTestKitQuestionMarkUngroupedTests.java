package rillite.r2dbc.kit;

final class SqliteTestKitQuestionMarkUngroupedTests extends SqliteTestKit {
    SqliteTestKitQuestionMarkUngroupedTests() {
        super(BindStyle.QUESTION_MARK, "", "groupCommit=false");
    }
}
