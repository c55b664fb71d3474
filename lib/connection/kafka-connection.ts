import { Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ClientCredentials } from '../access/client-credentials';
import { KafkaEndpoint } from '../access/kafka-endpoint';
import { IKafkaUser } from '../access/kafka-user';
import { SecurityProtocol } from '../access/protocol';
import { PLACE_RULES, namespaceOf } from '../kubernetes/place';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { KafkaUser } from '../strimzi/kafka-user';
import { childId } from '../validation/child-id';
import { enforce } from '../validation/rule';
import { ClientFiles } from './client-files';
import { CONNECTION_RULES } from './connection-rules';
import { attachFiles } from './workload-files';

/** One client, one listener, one user. */
export interface KafkaConnectionProps {
  /** Where the client connects to: a listener, or a Kafka that is not of this app. */
  readonly listener: KafkaEndpoint;
  /**
   * The user that the client logs in as.
   *
   * @default - none: the client is `ANONYMOUS`
   */
  readonly user?: IKafkaUser;
  /**
   * What the client proves its identity with.
   *
   * @default - the credentials of the user
   */
  readonly credentials?: ClientCredentials;
  /**
   * What the client trusts.
   *
   * @default - the authority that issued the certificates of the listener
   */
  readonly trust?: TrustedCertificates;
  /**
   * The namespace that the client runs in, and in which it needs its Secrets.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;
}

/**
 * What a client must know to reach a listener as a user: address, protocol, trust and credentials.
 *
 * It is the one place where these agree, and it knows nothing of any kind of client: settings for Java, for Flink or
 * for anything else are rendered from it. Listener, user and namespace that do not fit are refused.
 */
export class KafkaConnection extends Construct {
  /** Where the client connects to. */
  public readonly listener: KafkaEndpoint;
  /** The user that the client logs in as; none if it is anonymous. */
  public readonly user?: IKafkaUser;
  /** What the client proves its identity with. */
  public readonly credentials: ClientCredentials;
  /** What the client trusts; none if the connection is not encrypted. */
  public readonly trust?: TrustedCertificates;
  /** The namespace that the client runs in. */
  public readonly namespace: string;

  /**
   * @param scope the scope
   * @param id the construct's id
   * @param props client, listener and user
   */
  public constructor(scope: Construct, id: string, props: KafkaConnectionProps) {
    super(scope, id);
    this.listener = props.listener;
    this.user = props.user;
    this.credentials = props.credentials ?? props.user?.credentials ?? ClientCredentials.none();
    this.trust = props.trust ?? props.listener.trust;
    this.namespace = namespaceOf(this, props.namespace);
    enforce(this, PLACE_RULES, this);
    enforce(this, CONNECTION_RULES, this);
  }

  /** Where the client connects first. */
  public get bootstrapServers(): string {
    return this.listener.bootstrapServers ?? '';
  }

  /** How the client must speak to the listener. */
  public get securityProtocol(): SecurityProtocol {
    return this.listener.securityProtocol;
  }

  /** Who is to be given the rights that the client needs; nobody if it is anonymous or the brokers take no ACLs. */
  public get grantee(): IKafkaUser | undefined {
    return this.user?.takesAcls ? this.user : undefined;
  }

  /**
   * Opens the listener, and the server that issues the client's tokens, to the client's pods. Constructs for clients do
   * it by themselves.
   *
   * @param labels the labels of the pods, in the namespace of the connection
   */
  public allowFromPods(labels: { [key: string]: string }): void {
    this.listener.allowFromPods(labels, this.namespace);
    if (this.user instanceof KafkaUser) this.user.authentication._issuer()?.allowFromPods(labels, this.namespace);
  }

  /**
   * Gives a workload of yours what its client needs: the files that the settings speak of, in each of its containers,
   * and access through the network.
   *
   * The certificates of the cluster are put together, and passwords of unknown make quoted, by init containers with the
   * image of the first container, which must have `sh`, `cat`, `sed`, `od` and `tr`.
   *
   * @param workload a Deployment, StatefulSet, DaemonSet or Job with at least one container
   */
  public attachTo(workload: Workload): void {
    const scope = new Construct(this, childId(this, workload.node.id));
    attachFiles(scope, workload, ClientFiles.ofAnyClient([this]));
    this.allowFromPods(workload.matchLabels);
  }
}
