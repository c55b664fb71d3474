import { Manifest } from '../synth';
import { Settings } from './java-probe';

/** A table of a FlinkDeployment's SQL that is in Kafka. */
export interface FlinkTable {
  readonly topic: string;
  /** The settings of the Kafka client, for a client with the usual class names. */
  readonly settings: Settings;
  /** Where the schemas are, for a table whose format has some. */
  readonly registry: string;
  /** The file with the authority that vouches for the registry, where it has a certificate. */
  readonly registryAuthority?: string;
}

const SHADED = 'org.apache.flink.kafka.shaded.';
const OPTION = /'((?:[^']|'')*)' = '((?:[^']|'')*)'/g;

/** The tables of the SQL that a FlinkDeployment runs, in their order. */
export function flinkTables(deployment: Manifest): FlinkTable[] {
  const env: { name: string; value: string }[] = deployment.spec.podTemplate.spec.containers[0].env;
  const sql = env.find(({ name }) => name === 'SQL_STATEMENTS')?.value ?? '';
  // The SQL runner ends a statement at a semicolon without a backslash.
  const statements = sql.split(/(?<!\\);/).map((statement) => statement.replaceAll('\\;', ';'));
  return statements
    .filter((statement) => statement.includes("'connector' = 'kafka'"))
    .map((statement) => {
      const unquoted = (text: string) => text.replaceAll("''", "'");
      const options = [...statement.matchAll(OPTION)].map(
        ([, name, value]) => [unquoted(name), unquoted(value)] as const,
      );
      const client = options.filter(([name]) => name.startsWith('properties.'));
      const { topic, ...others } = Object.fromEntries(options);
      return {
        topic,
        registry: others['value.avro-confluent.url'],
        registryAuthority: others['value.avro-confluent.ssl.truststore.location'],
        settings: Object.fromEntries(
          client.map(([name, value]) => [name.slice('properties.'.length), value.replaceAll(SHADED, '')]),
        ),
      };
    });
}

/** Data generator 0.1.0: each variable `KAFKA_FOO_BAR` is the setting `foo.bar`. */
export function dataGeneratorSettings(env: Settings): Settings {
  return settingsWith('KAFKA_', env);
}

/** Apicurio Registry 3.3: each variable `APICURIO_KAFKA_COMMON_FOO_BAR` is the setting `foo.bar`, `\${` stands for `${`. */
export function apicurioSettings(env: Settings): Settings {
  const common = settingsWith('APICURIO_KAFKA_COMMON_', env);
  const unescaped = Object.entries(common).map(([name, value]) => [name, value.replaceAll('\\${', '${')]);
  return { ...Object.fromEntries(unescaped), 'bootstrap.servers': env.APICURIO_KAFKASQL_BOOTSTRAP_SERVERS };
}

function settingsWith(prefix: string, env: Settings): Settings {
  const found = Object.entries(env).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(
    found.map(([name, value]) => [name.slice(prefix.length).toLowerCase().replaceAll('_', '.'), value]),
  );
}
