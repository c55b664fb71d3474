import java.util.Optional;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.TableResult;

/**
 * Runs the script in {@code SQL_STATEMENTS} as a job in a cluster inside this process, until the job ends or the process
 * is killed.
 */
public final class FlinkSqlRun {
    private FlinkSqlRun() {
    }

    public static void main(String[] args) {
        try {
            submit(System.getenv("SQL_STATEMENTS")).getJobExecutionResult().get();
            System.exit(0);
        } catch (Throwable failure) {
            failure.printStackTrace();
            // The cluster's threads would keep the process alive.
            System.exit(1);
        }
    }

    private static JobClient submit(String script) {
        FlinkSqlSession session = new FlinkSqlSession();
        JobClient submitted = null;
        for (String statement : FlinkSqlScript.statements(script)) {
            Optional<JobClient> job = session.execute(statement).flatMap(TableResult::getJobClient);
            // The operator fixes the job's id, and then Flink takes one job of a deployment only.
            if (job.isPresent() && submitted != null) {
                throw new IllegalStateException(
                    "Cannot have more than one execute() or executeAsync() call in a single environment.");
            }
            submitted = job.orElse(submitted);
        }
        if (submitted == null) {
            throw new IllegalStateException("the script starts no job");
        }
        return submitted;
    }
}
