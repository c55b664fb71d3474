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
  DevelopmentSecrets,
  KafkaAuthorization,
  KafkaCluster,
  KafkaConnection,
  KafkaListener,
  KafkaNodeRole,
  KafkaStorage,
  KafkaTopic,
  KafkaUser,
  ListenerAuthentication,
  NetworkPeer,
  RestKeyStore,
  SinkConnector,
  SourceConnector,
  UserAuthentication,
} from '../library';
import { ConfluentSslScenarioProps } from './confluent-ssl-scenario-props';
import { ConsoleConsumer } from './console-consumer';
import { ScenarioChart } from './scenario-chart';

const GROUP = 'secure-topic-group';
/** Where Confluent's images have the connectors that read and write files. */
const PLUGINS = '/usr/share/java,/usr/share/filestream-connectors';

/** The names that the certificate of a server must be valid for. */
type DnsNames = (name: string, namespace: string, clusterDomain?: string) => string[];

/**
 * Confluent's servers around a Kafka with a listener for mutual TLS, and one without encryption or login beside it.
 *
 * A topic is read and written by a secure user, with a Kafka client and through a REST Proxy; an insecure user may no
 * more than see that the topic exists, and whoever comes by the listener without login may nothing at all. A source
 * writes to the topic and a sink reads it. There is one REST Proxy for each of the two users, and each lets in only the
 * holders of certificates of that user's authority.
 */
export class ConfluentSslScenario extends ScenarioChart {
  private readonly cluster: KafkaCluster;
  private readonly listener: KafkaListener;
  private readonly authority: CertManagerCertificateAuthority;

  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(
    app: App,
    private readonly props: ConfluentSslScenarioProps = {},
  ) {
    super(app, 'confluent-ssl', { ...props, namespace: props.namespace ?? 'confluent' });
    const { clusterName = 'my-cluster', clusterDomain } = props;
    this.cluster = new KafkaCluster(this, clusterName, { clusterDomain, authorization: KafkaAuthorization.simple() });
    this.cluster.addNodePool('dual-role', {
      roles: [KafkaNodeRole.CONTROLLER, KafkaNodeRole.BROKER],
      replicas: 1,
      storage: KafkaStorage.persistent({ size: Size.gibibytes(100) }),
    });
    this.listener = this.cluster.addListener('ssl', { port: 9093, authentication: ListenerAuthentication.tls() });
    const plain = this.cluster.addListener('plain', {
      port: 9092,
      tls: false,
      authentication: ListenerAuthentication.none(),
    });
    plain.allowFrom(NetworkPeer.pods({ labels: { app: 'anonymous-client' } }));
    this.authority = new CertManagerCertificateAuthority(this, 'confluent-ca');

    const topic = new KafkaTopic(this, 'secure-topic', { cluster: this.cluster });
    const registry = new ConfluentSchemaRegistry(this, 'schema-registry', {
      connection: this.connect('schema-registry'),
      certificate: this.certificate('schema-registry', ConfluentSchemaRegistry.dnsNames),
      clusterDomain,
    });

    const secure = this.addUser('secure', registry, topic);
    const insecure = this.addUser('insecure', registry, topic);
    if (secure) {
      topic.grantProduce(secure);
      topic.grantConsume(secure, ConsumerGroup.literal(GROUP));
    }
    // Without it the user would be told that there is no such topic.
    if (insecure) topic.grantDescribe(insecure);

    this.addConnect(app, registry, topic);
  }

  /** A user with a Kafka client and a REST Proxy. */
  private addUser(name: string, registry: ConfluentSchemaRegistry, topic: KafkaTopic) {
    const connection = this.connect(`${name}-user`);
    new ConsoleConsumer(this, `${name}-client`, { connection, topic, group: GROUP });

    const proxy = `${name}-rest-proxy`;
    const authority = new CertManagerCertificateAuthority(this, `${proxy}-client-ca`);
    new CertManagerCertificate(this, `${proxy}-client`, {
      issuer: authority,
      commonName: `${name}-application`,
      usages: [CertificateUsage.CLIENT],
    });
    const rest = new ConfluentRestProxy(this, proxy, {
      connection,
      registry,
      certificate: this.certificate(proxy, ConfluentRestProxy.dnsNames),
      clientTrust: authority.trust,
      clusterDomain: this.props.clusterDomain,
    });
    rest.allowFrom(NetworkPeer.pods({ labels: { app: `${name}-application` } }));
    return connection.grantee;
  }

  private addConnect(app: App, registry: ConfluentSchemaRegistry, topic: KafkaTopic): void {
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
    new SourceConnector(this, 'secure-topic-source', {
      connect,
      connectorClass: 'org.apache.kafka.connect.file.FileStreamSourceConnector',
      topics: [topic],
      config: { topic: topic.topicName, file: '/tmp/source' },
    });
    new SinkConnector(this, 'secure-topic-sink', {
      connect,
      connectorClass: 'org.apache.kafka.connect.file.FileStreamSinkConnector',
      topics: [topic],
      config: { file: '/tmp/sink' },
    });
  }

  /** How a user of its own reaches Kafka, with a certificate that Strimzi issues. */
  private connect(name: string): KafkaConnection {
    const { cluster, listener } = this;
    const user = new KafkaUser(this, `${name}-identity`, {
      cluster,
      userName: name,
      authentication: UserAuthentication.tls(),
    });
    return new KafkaConnection(this, `${name}-connection`, { listener, user });
  }

  private certificate(name: string, dnsNames: DnsNames): CertManagerCertificate {
    return new CertManagerCertificate(this, `${name}-tls`, {
      issuer: this.authority,
      commonName: name,
      dnsNames: dnsNames(name, this.namespace ?? '', this.props.clusterDomain),
      usages: [CertificateUsage.SERVER],
    });
  }
}
