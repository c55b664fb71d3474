import { ApiObject, JsonPatch, Size } from 'cdk8s';
import { ConfigMap, Cpu, EmptyDirMedium, Job, RestartPolicy, Volume } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ClientFiles, secretPath, trustPath } from '../../connection/client-files';
import { CLIENT_FILES_RULES } from '../../connection/client-files-rules';
import { workloadFiles } from '../../connection/workload-files';
import { PLACE_RULES } from '../../kubernetes/place';
import { containerResources, hardened, literalEnvironment, workloadLabels } from '../../kubernetes/workload';
import { addWorkloadPolicy } from '../../kubernetes/workload-policy';
import { WORKLOAD_RULES } from '../../kubernetes/workload-rules';
import { SecretKey } from '../../secrets/secret-key';
import { enforce } from '../../validation/rule';
import { FILL_STATEMENT } from './fill-statement';
import { SingleStoreEngine } from './singlestore-engine';

/** The image has a client of MySQL's protocol, `sh` and `awk`. */
const IMAGE = 'docker.io/library/mariadb:11.8.3';

/** The user `mysql` of the image. */
const USER = 999;

/** A pipeline is created anew as often as it takes, for example until its topic is there. */
const ATTEMPTS = 100;

/** Statements that a Job runs in an engine. */
export interface StatementJobProps {
  readonly name: string;
  readonly namespace: string;
  readonly engine: SingleStoreEngine;
  readonly database: string;
  /** The statements, with marks in place of secrets. */
  readonly sql: string;
  /** The keys that the marks stand for. */
  readonly secrets: readonly SecretKey[];
  /** Whether the statements may run again after they failed half-way. */
  readonly repeatable: boolean;
  readonly image?: string;
}

/**
 * Waits for the engine, fills the statements in memory and runs them.
 *
 * The password of the user is in no argument, which others on the node could see. Certificate and host name of the
 * engine are checked. The client repeats a statement that failed, with the secrets in it: of what it says, only the
 * engine's message gets into the log, without the part of the statement that it quotes.
 */
const SCRIPT = `set -eu
umask 077
export LC_ALL=C
MYSQL_PWD=$(cat "$LOGIN_FILE")
export MYSQL_PWD
client() {
  mariadb --no-defaults --host="$ENGINE_HOST" --port="$ENGINE_PORT" --user="$ENGINE_USER" --database="$DATABASE" \\
    --ssl-ca="$CA_FILE" --ssl-verify-server-cert --connect-timeout=10 --default-character-set=utf8mb4 --batch "$@"
}
until client --execute='SELECT 1' > /dev/null; do sleep 10; done
awk -v RS='\\001' -f /statement/fill.awk /statement/statement.sql > /tmp/statement.sql
if ! client < /tmp/statement.sql 2> /tmp/errors; then
  sed -n '/^ERROR/{s/ near .*//;p;}' /tmp/errors >&2
  exit 1
fi
`;

/** Adds the Job, the ConfigMap with its statements, and a NetworkPolicy by which nobody reaches it. Gives the Job. */
export function addStatementJob(scope: Construct, props: StatementJobProps): ApiObject {
  const { name, namespace, engine, database } = props;
  const image = props.image ?? IMAGE;
  const metadata = { name, namespace };
  const labels = workloadLabels('singlestore-statement', name);
  const files = new ClientFiles();
  for (const key of [engine.password, ...props.secrets]) files.addKey(key);
  files.addTrust(engine.trust);
  const { volumeMounts, initContainers } = workloadFiles(scope, files, image);

  const statement = new ConfigMap(scope, 'ConfigMap', {
    metadata,
    data: { 'statement.sql': props.sql, 'fill.awk': FILL_STATEMENT },
  });
  const job = new Job(scope, 'Job', {
    metadata: { ...metadata, labels },
    podMetadata: { labels },
    select: false,
    backoffLimit: props.repeatable ? ATTEMPTS : 0,
    restartPolicy: props.repeatable ? RestartPolicy.ON_FAILURE : RestartPolicy.NEVER,
    containers: [
      hardened(
        {
          name: 'statement',
          image,
          command: ['/bin/sh', '-c', SCRIPT],
          envVariables: literalEnvironment({
            ENGINE_HOST: engine.host,
            ENGINE_PORT: String(engine.port),
            ENGINE_USER: engine.username,
            DATABASE: database,
            LOGIN_FILE: secretPath(engine.password),
            CA_FILE: trustPath(engine.trust),
          }),
          volumeMounts: [
            ...volumeMounts,
            { path: '/statement', volume: Volume.fromConfigMap(scope, 'statement', statement, { name: 'statement' }) },
            // What is filled holds secrets, so it is in memory.
            {
              path: '/tmp',
              volume: Volume.fromEmptyDir(scope, 'tmp', 'tmp', {
                medium: EmptyDirMedium.MEMORY,
                sizeLimit: Size.mebibytes(1),
              }),
            },
          ],
          resources: containerResources({
            cpuRequest: Cpu.millis(50),
            cpuLimit: Cpu.millis(500),
            memory: Size.mebibytes(128),
          }),
        },
        USER,
      ),
    ],
    initContainers: initContainers.map((container) => hardened(container, USER)),
  });
  const apiObject = ApiObject.of(job);
  apiObject.addJsonPatch(
    JsonPatch.add('/spec/template/spec/enableServiceLinks', false),
    // cdk8s-plus's own label is a hash of the construct's path; nothing here selects by it.
    JsonPatch.remove('/spec/template/metadata/labels/cdk8s.io~1metadata.addr'),
  );
  addWorkloadPolicy(scope, { name, namespace, labels, peers: () => [] });

  enforce(scope, PLACE_RULES, { namespace });
  enforce(scope, WORKLOAD_RULES, { name, image });
  enforce(scope, CLIENT_FILES_RULES, files);
  return apiObject;
}
