package rillite.r2dbc.kit;

/** A way of writing parameters in SQL, and how the kit names the one at an index. */
enum BindStyle {
    QUESTION_MARK {
        @Override
        String placeholder(int index) {
            return "?";
        }
    },
    NUMBERED {
        @Override
        String placeholder(int index) {
            return "?" + (index + 1);
        }
    },
    DOLLAR {
        @Override
        String placeholder(int index) {
            return "$" + (index + 1);
        }
    },
    NAMED {
        @Override
        String placeholder(int index) {
            return ":v" + index;
        }

        @Override
        Object identifier(int index) {
            return "v" + index;
        }
    };

    abstract String placeholder(int index);

    Object identifier(int index) {
        return index;
    }
}
