import { App, Size } from 'cdk8s';
import {
  CertManagerCertificate,
  CertManagerCertificateAuthority,
  CertificateUsage,
  ConfluentKafkaConnect,
  ConfluentRestProxy,
  ConfluentSchemaRegistry,
  ConnectConverter,
  ConsumerGroup,
  ControlCenter,
  ControlCenterLicense,
  DevelopmentSecrets,
  KafkaAuthorization,
  KafkaCluster,
  KafkaConnection,
  KafkaListener,
  KafkaNodeRole,
  KafkaStorage,
  KafkaTopic,
  KafkaTopics,
  KafkaUser,
  KsqlDbServer,
  ListenerAuthentication,
  NetworkPeer,
  RestKeyStore,
  SinkConnector,
  SourceConnector,
  UserAuthentication,
} from '../library';
import { ConsoleConsumer } from './console-consumer';
import { KsqlSecureScenarioProps } from './ksql-secure-scenario-props';
import { ScenarioChart } from './scenario-chart';

const OUTPUTS = 'ksql-';
const GROUP = 'applications';
/** Where Confluent's images have the connectors that read and write files. */
const PLUGINS = '/usr/share/java,/usr/share/confluent-hub-components,/usr/share/filestream-connectors';

/**
 * Stream processing with ksqlDB, where everybody logs in by SCRAM over TLS and may do no more than the work takes:
 * Schema Registry, ksqlDB, Kafka Connect, REST Proxy and Control Center speak HTTPS, and of two applications one lacks
 * the rights that it needs.
 */
export class KsqlSecureScenario extends ScenarioChart {
  private readonly cluster: KafkaCluster;
  private readonly listener: KafkaListener;
  private readonly authority: CertManagerCertificateAuthority;

  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(
    app: App,
    private readonly props: KsqlSecureScenarioProps = {},
  ) {
    super(app, 'ksql-secure', { ...props, namespace: props.namespace ?? 'confluent' });
    const { clusterName = 'my-cluster', clusterDomain } = props;
    this.cluster = new KafkaCluster(this, clusterName, {
      clusterDomain,
      authorization: KafkaAuthorization.simple(),
    });
    this.cluster.addNodePool('dual-role', {
      roles: [KafkaNodeRole.CONTROLLER, KafkaNodeRole.BROKER],
      replicas: 1,
      storage: KafkaStorage.persistent({ size: Size.gibibytes(100) }),
    });
    this.listener = this.cluster.addListener('scram', {
      port: 9094,
      authentication: ListenerAuthentication.scramSha512(),
    });
    this.authority = new CertManagerCertificateAuthority(this, 'confluent-ca');

    const { cluster } = this;
    const mortgages = new KafkaTopic(this, 'mortgages', { cluster });
    const clients = new KafkaTopic(this, 'clients', { cluster });

    const registry = new ConfluentSchemaRegistry(this, 'schema-registry', {
      connection: this.connect('schema-registry'),
      certificate: this.certificate('schema-registry', ConfluentSchemaRegistry.dnsNames),
      clusterDomain,
    });
    const ksqldb = new KsqlDbServer(this, 'ksqldb', {
      connection: this.connect('ksqldb'),
      certificate: this.certificate('ksqldb', KsqlDbServer.dnsNames),
      clusterDomain,
      registry,
      reads: [mortgages, clients],
      outputTopicPrefix: OUTPUTS,
      exactlyOnce: true,
    });
    const connect = this.addConnect(app, registry, [mortgages, clients]);
    const proxy = new ConfluentRestProxy(this, 'rest-proxy', {
      connection: this.connect('rest-proxy'),
      certificate: this.certificate('rest-proxy', ConfluentRestProxy.dnsNames),
      clusterDomain,
      registry,
    });
    proxy.allowProduce(mortgages);
    proxy.allowConsume(KafkaTopics.startingWith(OUTPUTS), ConsumerGroup.literal('rest-proxy'));

    const center = new ControlCenter(this, 'control-center', {
      connection: this.connect('control-center'),
      license: ControlCenterLicense.trial(),
      certificate: this.certificate('control-center', ControlCenter.dnsNames),
      clusterDomain,
      registry,
      ksqls: [ksqldb],
      connects: [{ name: connect.connectName, url: connect.url, trust: this.authority.trust }],
      shows: [mortgages, clients, KafkaTopics.startingWith(OUTPUTS)],
      topicReplicas: 1,
    });
    connect.allowFrom(NetworkPeer.pods({ labels: center.podLabels, namespace: center.namespace }));

    this.addApplication('application-with-rights', mortgages, true);
    this.addApplication('application-without-rights', mortgages, false);
  }

  /** A reader of the topic. It is refused if its user has not been given the right to read. */
  private addApplication(name: string, topic: KafkaTopic, mayRead: boolean): void {
    const connection = this.connect(name);
    new ConsoleConsumer(this, name, { connection, topic, group: GROUP });
    if (mayRead && connection.grantee) topic.grantConsume(connection.grantee, ConsumerGroup.literal(GROUP));
  }

  private addConnect(
    app: App,
    registry: ConfluentSchemaRegistry,
    [mortgages, clients]: KafkaTopic[],
  ): ConfluentKafkaConnect {
    const secrets = new DevelopmentSecrets(app, {
      namespace: this.namespace ?? '',
      environment: this.node.id,
      stateDirectory: this.props.stateDirectory,
    });
    const certificate = new CertManagerCertificate(this, 'connect-tls', {
      issuer: this.authority,
      commonName: 'connect',
      dnsNames: ConfluentKafkaConnect.dnsNames('connect', this.namespace ?? '', this.props.clusterDomain),
      usages: [CertificateUsage.SERVER],
      pkcs12: { password: secrets.password('connect-key-store', 'password') },
    });
    const connect = new ConfluentKafkaConnect(this, 'connect', {
      connection: this.connect('connect'),
      restKeyStore: RestKeyStore.fromCertificate(certificate),
      clusterDomain: this.props.clusterDomain,
      valueConverter: ConnectConverter.avro(registry),
      config: { 'plugin.path': PLUGINS },
    });
    for (const topic of [mortgages, clients]) {
      new SourceConnector(this, `${topic.topicName}-source`, {
        connect,
        connectorClass: 'org.apache.kafka.connect.file.FileStreamSourceConnector',
        topics: [topic],
        config: { topic: topic.topicName, file: `/tmp/${topic.topicName}` },
      });
    }
    new SinkConnector(this, 'clients-sink', {
      connect,
      connectorClass: 'org.apache.kafka.connect.file.FileStreamSinkConnector',
      topics: [clients],
      config: { file: '/tmp/clients-copy' },
    });
    return connect;
  }

  /** How a user of its own reaches Kafka. */
  private connect(name: string): KafkaConnection {
    const { cluster, listener } = this;
    const user = new KafkaUser(this, `${name}-user`, { cluster, authentication: UserAuthentication.scramSha512() });
    return new KafkaConnection(this, `${name}-connection`, { listener, user });
  }

  private certificate(
    name: string,
    dnsNames: (name: string, namespace: string, clusterDomain?: string) => string[],
  ): CertManagerCertificate {
    return new CertManagerCertificate(this, `${name}-tls`, {
      issuer: this.authority,
      commonName: name,
      dnsNames: dnsNames(name, this.namespace ?? '', this.props.clusterDomain),
      usages: [CertificateUsage.SERVER],
    });
  }
}
