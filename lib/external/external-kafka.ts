import { Construct } from 'constructs';
import { ClientCredentials } from '../access/client-credentials';
import { KafkaEndpoint, _KafkaLogin } from '../access/kafka-endpoint';
import { IKafkaTopic } from '../access/kafka-topic';
import { SecurityProtocol, securityProtocol } from '../access/protocol';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { enforce } from '../validation/rule';
import { ExternalKafkaAuthentication } from './external-kafka-authentication';
import { loginFaults } from './external-kafka-login';
import { EXTERNAL_KAFKA_RULES } from './external-kafka-rules';
import { ExternalKafkaTopic } from './external-kafka-topic';

/** A Kafka that this app does not run. */
export interface ExternalKafkaProps {
  /** The addresses that clients connect to first, each as `host:port`. */
  readonly bootstrapServers: string[];
  /** How the brokers know their clients. */
  readonly authentication: ExternalKafkaAuthentication;
  /**
   * Whether the connection is encrypted and the brokers prove who they are.
   *
   * @default true
   */
  readonly tls?: boolean;
  /**
   * The authority that vouches for the brokers.
   *
   * @default - the public authorities that the client's platform knows
   */
  readonly trust?: TrustedCertificates;
  /**
   * Lets clients send passwords or tokens over connections that are not encrypted. Only with `tls: false`.
   *
   * @default false
   */
  readonly unencryptedCredentials?: boolean;
  /**
   * What people call the cluster, in messages.
   *
   * @default - the construct's id
   */
  readonly clusterName?: string;
}

/**
 * A Kafka that is not ours: Confluent Cloud, MSK, a Strimzi of another team, a Kafka on machines. It is known by its
 * addresses and its security alone, makes no resource, and is connected to like a listener:
 * `new KafkaConnection(this, 'connection', { listener: kafka, user })`.
 */
export class ExternalKafka extends KafkaEndpoint {
  public readonly bootstrapServers?: string;
  public readonly clusterName: string;
  public readonly trust?: TrustedCertificates;
  /** How the brokers know their clients. */
  public readonly authentication: ExternalKafkaAuthentication;
  /** Whether the connection is encrypted. */
  public readonly tls: boolean;
  /** Whether passwords and tokens may cross the network in clear. */
  public readonly unencryptedCredentials: boolean;
  /** The addresses that clients connect to first. */
  public readonly addresses: string[];

  /**
   * @param scope the scope
   * @param id the construct's id, and the cluster's name if none is given
   * @param props the cluster
   */
  public constructor(scope: Construct, id: string, props: ExternalKafkaProps) {
    super(scope, id);
    this.addresses = props.bootstrapServers;
    this.bootstrapServers = props.bootstrapServers.join(',');
    this.clusterName = props.clusterName ?? id;
    this.authentication = props.authentication;
    this.tls = props.tls ?? true;
    this.trust = props.trust;
    this.unencryptedCredentials = props.unencryptedCredentials ?? false;
    enforce(this, EXTERNAL_KAFKA_RULES, this);
  }

  public get securityProtocol(): SecurityProtocol {
    return securityProtocol(this.tls, this.authentication._details.kind === 'sasl');
  }

  public get clusterId(): string {
    return this.node.path;
  }

  /**
   * A topic of the cluster, for clients that take one. It is not created.
   *
   * @param name the topic's name
   */
  public topic(name: string): IKafkaTopic {
    return new ExternalKafkaTopic(this, name);
  }

  /**
   * Does nothing: who may reach a Kafka outside this app is decided there.
   *
   * @param _labels the labels of the pods
   * @param _namespace the namespace of the pods
   */
  public allowFromPods(_labels: { [key: string]: string }, _namespace: string): void {}

  /** @internal */
  public get _label(): string {
    return `Kafka '${this.clusterName}'`;
  }

  /** @internal */
  public _loginFaults(login: _KafkaLogin): string[] {
    return loginFaults(this.authentication, login);
  }

  /** @internal What an anonymous client may do there is not known here. */
  public _isUselessFor(_credentials: ClientCredentials): boolean {
    return false;
  }
}
