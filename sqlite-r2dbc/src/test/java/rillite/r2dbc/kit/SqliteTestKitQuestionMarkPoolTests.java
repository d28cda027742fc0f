package rillite.r2dbc.kit;

final class SqliteTestKitQuestionMarkPoolTests extends SqlitePoolTestKit {
    SqliteTestKitQuestionMarkPoolTests() {
        super(BindStyle.QUESTION_MARK);
    }
}
