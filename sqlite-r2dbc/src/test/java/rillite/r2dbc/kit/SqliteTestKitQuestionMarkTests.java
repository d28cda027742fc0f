package rillite.r2dbc.kit;

final class SqliteTestKitQuestionMarkTests extends SqliteTestKit {
    SqliteTestKitQuestionMarkTests() {
        super(BindStyle.QUESTION_MARK, "");
    }
}
