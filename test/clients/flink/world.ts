import { Chart, Duration } from 'cdk8s';
import {
  ExistingSchemaRegistry,
  FlinkColumn,
  FlinkSqlJob,
  FlinkSqlJobProps,
  FlinkTable,
  FlinkType,
  KafkaAuthorization,
  KafkaConnection,
  KafkaListener,
  KafkaTable,
  KafkaTableProps,
  KafkaTopic,
  IKafkaUser,
  ListenerAuthentication,
  OAuthClient,
  OAuthIssuer,
  SecretKey,
  TableFormat,
  TrustedCertificates,
  UserAuthentication,
} from '../../../lib';
import { World } from '../world';

export const REGISTRY = new ExistingSchemaRegistry({
  confluentUrl: 'https://registry.flink.svc:8443/apis/ccompat/v7',
  trust: TrustedCertificates.fromSecret('registry-ca', 'ca.crt'),
});

export const ISSUER = new OAuthIssuer({
  issuerUri: 'https://sso.flink.svc/realms/kafka',
  jwksEndpointUri: 'https://sso.flink.svc/realms/kafka/protocol/openid-connect/certs',
  tokenEndpointUri: 'https://sso.flink.svc/realms/kafka/protocol/openid-connect/token',
  trust: TrustedCertificates.fromSecret('sso-ca', 'ca.crt'),
});

/** A source and a target topic, and a user who is yet without rights. */
export class FlinkWorld extends World {
  public readonly target: KafkaTopic;

  public constructor(chart: Chart, authorization?: KafkaAuthorization) {
    super(chart, authorization);
    this.target = new KafkaTopic(chart, 'flink.target', { cluster: this.cluster });
  }

  /** A SCRAM user named `my-user` at a listener of its own. */
  public scram(): KafkaConnection {
    return this.connect(
      this.user('my-user', UserAuthentication.scramSha512()),
      this.listenerFor(ListenerAuthentication.scramSha512()),
    );
  }

  /** An OAuth client named `flink` at a listener of its own. */
  public oauth(): KafkaConnection {
    const client = new OAuthClient({
      issuer: ISSUER,
      clientId: 'flink',
      clientSecret: SecretKey.existing('flink-client', 'secret'),
      audiences: ['kafka'],
      claims: { preferred_username: 'service-account-flink' },
    });
    const listener = this.listenerFor(ListenerAuthentication.oauth({ issuer: ISSUER, audience: 'kafka' }));
    const user = this.user('my-user', UserAuthentication.oauth(client));
    return this.connect(user, listener);
  }

  /** A table with one column of text, in CSV. */
  public table(props: Partial<KafkaTableProps> & { connection: KafkaConnection }): KafkaTable {
    return KafkaTable.kafka({ topic: this.topic, columns: [text('id')], valueFormat: TableFormat.csv(), ...props });
  }

  /** A job that copies the column from `Source` to `Target`. */
  public copy(source: KafkaTable, target: KafkaTable, props: FlinkSqlJobProps = {}): CopyJob {
    const job = new FlinkSqlJob(this.chart, 'etl', props);
    const [from, into] = [job.addTable('Source', source), job.addTable('Target', target)];
    job.insert({ into, from: [from], query: 'SELECT id FROM Source' });
    return { job, from, into };
  }

  private listenerFor(authentication: ListenerAuthentication): KafkaListener {
    return this.cluster.addListener('own', { port: 9094, authentication });
  }
}

export interface CopyJob {
  readonly job: FlinkSqlJob;
  readonly from: FlinkTable;
  readonly into: FlinkTable;
}

export const CHECKPOINTS = { interval: Duration.minutes(1), directory: 's3://state/checkpoints' };

export function text(name: string): FlinkColumn {
  return FlinkColumn.physical(name, FlinkType.STRING);
}

/** The rights of a user as lines such as `Read topic sales`. */
export function rights(user: IKafkaUser | undefined): string[] {
  return (user?.acls ?? []).map(({ operations, resource }) => `${operations.join(', ')} ${resource.toString()}`);
}
