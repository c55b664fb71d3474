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
  RegistryStorage,
  ScanStartup,
  SecurityProtocol,
  TableFormat,
} from '../library';
import { SalesClients } from './sales-clients';
import { SalesKafka } from './sales-kafka';
import { ScenarioProps } from './scenario-props';

/** What sales records flow through. */
export interface SalesFlowProps {
  /** The cluster and its topics. */
  readonly kafka: SalesKafka;
  /** How the programs around the job reach Kafka. */
  readonly clients: SalesClients;
  /** How the job reaches Kafka. */
  readonly job: KafkaConnection;
}

const REGISTRY = 'apicurio-registry';

/** Sales records on their way: a generator writes them, a registry has their schema, a Flink job copies ten of them. */
export class SalesFlow {
  /**
   * @param chart the chart
   * @param scenario what the scenario leaves open
   * @param props who connects to Kafka, and how
   */
  public constructor(chart: Chart, scenario: ScenarioProps, props: SalesFlowProps) {
    const { kafka, clients, job } = props;
    const schemas = new ApicurioRegistry(chart, REGISTRY, {
      storage: RegistryStorage.kafka(clients.registry),
      clusterDomain: scenario.clusterDomain,
      ...protection(chart, scenario, clients.registry),
    });

    new DataGenerator(chart, 'recommendation-app-data', {
      connection: clients.generator,
      keystoreUser: clients.keystoreUser,
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
function protection(chart: Chart, { clusterDomain }: ScenarioProps, { securityProtocol, namespace }: KafkaConnection) {
  if (securityProtocol === SecurityProtocol.PLAINTEXT) return { unencrypted: true };
  return {
    certificate: new CertManagerCertificate(chart, `${REGISTRY}-tls`, {
      issuer: new CertManagerCertificateAuthority(chart, `${REGISTRY}-ca`),
      commonName: REGISTRY,
      dnsNames: ApicurioRegistry.dnsNames(REGISTRY, namespace, clusterDomain),
      usages: [CertificateUsage.SERVER],
    }),
  };
}
