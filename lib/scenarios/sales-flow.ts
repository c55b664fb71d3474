import { Chart, Duration } from 'cdk8s';
import {
  ApicurioRegistry,
  CertManagerCertificate,
  CertManagerCertificateAuthority,
  CertificateUsage,
  DataGenerator,
  DataSet,
  FlinkColumn,
  FlinkSqlJob,
  FlinkType,
  FlinkWatermark,
  KafkaConnection,
  KafkaTable,
  KafkaUser,
  RegistryStorage,
  ScanStartup,
  SecurityProtocol,
  TableFormat,
} from '../library';
import { SalesKafka } from './sales-kafka';
import { ScenarioProps } from './scenario-props';

/** Who connects to Kafka, and how. */
export interface SalesFlowProps {
  readonly kafka: SalesKafka;
  readonly generator: KafkaConnection;
  readonly registry: KafkaConnection;
  readonly job: KafkaConnection;
  readonly keystoreUser?: KafkaUser;
}

const REGISTRY = 'apicurio-registry';

/** Sales records on their way: a generator writes them, the registry has their schema, a Flink job copies ten of them. */
export class SalesFlow {
  public constructor(chart: Chart, props: ScenarioProps, { kafka, generator, registry, job, keystoreUser }: SalesFlowProps) {
    const schemas = new ApicurioRegistry(chart, REGISTRY, {
      storage: RegistryStorage.kafka(registry),
      clusterDomain: props.clusterDomain,
      ...protection(chart, props, registry),
    });

    new DataGenerator(chart, 'recommendation-app-data', {
      connection: generator,
      keystoreUser,
      data: [DataSet.SALES],
      topics: [kafka.source],
      registry: schemas,
    });

    const flink = new FlinkSqlJob(chart, 'standalone-etl-secure');
    const sales = flink.addTable(
      'SalesRecordTable',
      KafkaTable.kafka({
        topic: kafka.source,
        connection: job,
        columns: [
          ...['invoice_id', 'user_id', 'product_id', 'quantity', 'unit_cost'].map(text),
          FlinkColumn.metadata('purchase_time', FlinkType.timestamp(), 'timestamp'),
        ],
        watermark: FlinkWatermark.delayed('purchase_time', Duration.seconds(1)),
        valueFormat: TableFormat.avroConfluent(schemas),
        group: 'sales-record-group',
        startup: ScanStartup.latest(),
      }),
    );
    const copy = flink.addTable(
      'CopiedSalesRecordTable',
      KafkaTable.kafka({
        topic: kafka.target,
        connection: job,
        columns: ['invoice_id', 'user_id', 'product_id', 'quantity'].map(text),
        keyFormat: TableFormat.csv(),
        keyFields: ['user_id'],
        valueFormat: TableFormat.csv(),
      }),
    );
    flink.insert({
      into: copy,
      from: [sales],
      query: 'SELECT invoice_id, user_id, product_id, quantity FROM SalesRecordTable LIMIT 10',
    });
  }
}

function text(column: string): FlinkColumn {
  return FlinkColumn.physical(column, FlinkType.STRING);
}

/** The registry is encrypted wherever Kafka is. */
function protection(chart: Chart, props: ScenarioProps, { securityProtocol, namespace }: KafkaConnection) {
  if (securityProtocol === SecurityProtocol.PLAINTEXT) return { unencrypted: true };
  return {
    certificate: new CertManagerCertificate(chart, `${REGISTRY}-tls`, {
      issuer: new CertManagerCertificateAuthority(chart, `${REGISTRY}-ca`),
      commonName: REGISTRY,
      dnsNames: ApicurioRegistry.dnsNames(REGISTRY, namespace, props.clusterDomain),
      usages: [CertificateUsage.SERVER],
    }),
  };
}
