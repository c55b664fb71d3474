import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.types.Row;

/**
 * Plans scripts, each the content of a file, without running them: no broker and no registry is asked. Prints
 * {@code planned FILE} for each script, or {@code refused FILE: cause} with Flink's own words.
 */
public final class FlinkSqlPlan {
    private FlinkSqlPlan() {
    }

    public static void main(String[] files) throws Exception {
        for (String file : files) {
            try {
                plan(FlinkSqlScript.statements(Files.readString(Path.of(file))));
                System.out.println("planned " + file);
            } catch (Exception failure) {
                System.out.println("refused " + file + ": " + causes(failure));
            }
        }
        // Flink leaves threads behind.
        System.exit(0);
    }

    private static void plan(List<String> statements) {
        FlinkSqlSession session = new FlinkSqlSession();
        int planned = 0;
        for (String statement : statements) {
            String text = statement.toLowerCase();
            if (text.startsWith("insert ")) {
                explain(session, "EXPLAIN " + statement);
                planned++;
            } else if (text.startsWith("execute statement set ")) {
                explain(session, "EXPLAIN " + statement.substring("execute ".length()));
                planned++;
            } else {
                session.execute(statement);
            }
        }
        if (planned == 0) {
            throw new IllegalStateException("the script starts no job");
        }
    }

    private static void explain(FlinkSqlSession session, String statement) {
        Row plan = session.execute(statement).orElseThrow().collect().next();
        if (!String.valueOf(plan.getField(0)).contains("Physical Execution Plan")
            && !String.valueOf(plan.getField(0)).contains("Optimized Physical Plan")) {
            throw new IllegalStateException("no plan but " + plan);
        }
    }

    private static String causes(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(text.length() == 0 ? "" : " <- ").append(cause.getMessage());
        }
        return text.toString().replaceAll("\\s+", " ");
    }
}
