import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes a script apart by the rules of the SQL runner 0.4.0, whose jar is in no registry: a semicolon ends a statement
 * wherever it stands, a backslash is dropped and keeps the character after it, and one statement set is exempt from
 * both. What the runner gets wrong is kept: a script that it would break must break here.
 *
 * @see streamshub/flink-sql 0.4.0, flink-sql-runner/.../SqlRunner.java, parseStatements
 */
final class FlinkSqlScript {
    private static final String SET_BEGIN = "execute statement set begin";
    private static final String SET_END = "end;";

    private FlinkSqlScript() {
    }

    /** The statements of a script in the order in which the runner executes them. */
    static List<String> statements(String text) {
        String script = text.trim();
        if (!script.endsWith(";")) {
            script += ";";
        }
        // The words count only when single blanks stand between them, and the first END; closes the set.
        String searched = script.toLowerCase(Locale.ROOT);
        int begin = searched.indexOf(SET_BEGIN);
        int end = begin < 0 ? -1 : searched.indexOf(SET_END, begin + SET_BEGIN.length());
        if (end < 0) {
            return split(script);
        }
        String statementSet = script.substring(begin, end + SET_END.length());
        List<String> statements = split(script.replace(statementSet, "").trim());
        statements.add(statementSet);
        return statements;
    }

    private static List<String> split(String script) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (int i = 0; i < script.length(); i++) {
            char character = script.charAt(i);
            if (character == '\\') {
                i++;
                if (i < script.length()) {
                    statement.append(script.charAt(i));
                }
                continue;
            }
            statement.append(character);
            if (character == ';') {
                statements.add(statement.toString().trim());
                statement.setLength(0);
            }
        }
        return statements;
    }
}
