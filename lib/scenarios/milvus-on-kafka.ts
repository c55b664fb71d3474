import { App, Chart, Size } from 'cdk8s';
import {
  CertManagerCertificate,
  CertManagerCertificateAuthority,
  CertificateUsage,
  ClientCredentials,
  DevelopmentSecrets,
  KafkaAuthorization,
  KafkaCluster,
  KafkaConnection,
  KafkaNodeRole,
  KafkaStorage,
  KafkaUser,
  ListenerAuthentication,
  MilvusStandalone,
  SecretKey,
  UserAuthentication,
} from '../library';
import { MilvusScenarioProps } from './milvus-scenario-props';
import { ScenarioChart } from './scenario-chart';

const MILVUS = 'milvus';
const USER = 'milvus-kafka-user';

/** A Kafka cluster with one node, and a Milvus that keeps its log there. */
export abstract class MilvusOnKafka extends ScenarioChart {
  /** The cluster, still without a listener. */
  protected readonly cluster: KafkaCluster;
  /** The password that the user of Milvus has by SASL PLAIN; none if it has none. */
  private readonly password?: SecretKey;

  /**
   * @param app the app
   * @param id the scenario's name
   * @param props what the scenario leaves open
   * @param authorization how the brokers decide what a client may do
   * @param plain whether the brokers know the user of Milvus by SASL PLAIN
   */
  protected constructor(
    app: App,
    id: string,
    private readonly props: MilvusScenarioProps,
    authorization: KafkaAuthorization,
    plain: boolean = false,
  ) {
    super(app, id, { ...props, namespace: props.namespace ?? 'milvus' });
    if (plain) this.password = developmentSecrets(app, this, props).password(USER, 'password');
    const { clusterName = 'my-cluster', clusterDomain } = props;
    this.cluster = new KafkaCluster(this, clusterName, {
      clusterDomain,
      authorization,
      pods: this.password ? { environment: { MILVUS_PASSWORD: this.password } } : undefined,
    });
    this.cluster.addNodePool('dual-role', {
      roles: [KafkaNodeRole.CONTROLLER, KafkaNodeRole.BROKER],
      replicas: 1,
      storage: KafkaStorage.persistent({ size: Size.gibibytes(100) }),
    });
  }

  /**
   * The user of Milvus.
   *
   * @param authentication what it proves its identity with; for SASL PLAIN nothing that Strimzi knows of
   */
  protected addUser(authentication: UserAuthentication): KafkaUser {
    return new KafkaUser(this, USER, { cluster: this.cluster, authentication });
  }

  /**
   * The authentication of a listener that takes the user's password by SASL PLAIN.
   *
   * Strimzi keeps no users for it, so the listener itself lists them. The brokers read the password from their
   * environment when they read the setting.
   */
  protected plainAuthentication(): ListenerAuthentication {
    const module = 'org.apache.kafka.common.security.plain.PlainLoginModule';
    return ListenerAuthentication.custom({
      sasl: true,
      listenerConfig: {
        'sasl.enabled.mechanisms': 'PLAIN',
        'plain.sasl.jaas.config': `${module} required user_${USER}="\${strimzienv:MILVUS_PASSWORD}" ;`,
      },
    });
  }

  /** What Milvus logs in with by SASL PLAIN. */
  protected plainCredentials(): ClientCredentials {
    return this.password ? ClientCredentials.plain(USER, this.password) : ClientCredentials.none();
  }

  /**
   * Adds the Milvus. It speaks TLS to its clients wherever it does to Kafka.
   *
   * @param connection how it reaches Kafka
   */
  protected addMilvus(connection: KafkaConnection): void {
    new MilvusStandalone(this, MILVUS, {
      connection,
      clusterDomain: this.props.clusterDomain,
      ...this.protection(connection),
    });
  }

  private protection({ trust, namespace }: KafkaConnection) {
    if (!trust) return { unencrypted: true };
    return {
      certificate: new CertManagerCertificate(this, `${MILVUS}-tls`, {
        issuer: new CertManagerCertificateAuthority(this, `${MILVUS}-ca`),
        commonName: MILVUS,
        dnsNames: MilvusStandalone.dnsNames(MILVUS, namespace, this.props.clusterDomain),
        usages: [CertificateUsage.SERVER],
      }),
    };
  }
}

function developmentSecrets(app: App, chart: Chart, { stateDirectory }: MilvusScenarioProps): DevelopmentSecrets {
  return new DevelopmentSecrets(app, {
    namespace: chart.namespace ?? '',
    environment: chart.node.id,
    stateDirectory,
  });
}
