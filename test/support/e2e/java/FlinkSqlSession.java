import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;

/**
 * The table environment of a script, with Flink's configuration read from {@code FLINK_CONF_DIR} by Flink itself.
 * {@code SET} statements are the runner's own business; Flink sees all others.
 */
final class FlinkSqlSession {
    // Blanks on both sides of the sign and quotes on both sides are required; another form reaches Flink's parser.
    private static final Pattern SET = Pattern.compile("set\\s+'(\\S+)'\\s+=\\s+'(.*)';", Pattern.CASE_INSENSITIVE);

    private final TableEnvironment tables;

    FlinkSqlSession() {
        Configuration configuration = GlobalConfiguration.loadConfiguration(System.getenv("FLINK_CONF_DIR"));
        tables = TableEnvironment.create(
            EnvironmentSettings.newInstance().inStreamingMode().withConfiguration(configuration).build());
    }

    /** Executes a statement; a {@code SET} has no result. */
    Optional<TableResult> execute(String statement) {
        if (statement.contains("{{secret:")) {
            throw new UnsupportedOperationException("references that the runner reads over the Kubernetes API are not emulated");
        }
        Matcher set = SET.matcher(statement);
        if (set.matches()) {
            tables.getConfig().set(set.group(1), set.group(2));
            return Optional.empty();
        }
        return Optional.of(tables.executeSql(statement));
    }
}
