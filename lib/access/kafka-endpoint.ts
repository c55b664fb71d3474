import { Construct } from 'constructs';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { ClientCredentials } from './client-credentials';
import { IKafkaUser } from './kafka-user';
import { SecurityProtocol } from './protocol';

/** @internal Who wants to log in, and with what. */
export interface _KafkaLogin {
  readonly user?: IKafkaUser;
  readonly credentials: ClientCredentials;
}

/** Where clients reach a Kafka cluster in one way: a listener of a cluster of this app, or a Kafka that is not ours. */
export abstract class KafkaEndpoint extends Construct {
  /** Where clients connect first, as `host:port` with commas between; none if that is not known before it exists. */
  public abstract readonly bootstrapServers?: string;
  /** How clients must speak. */
  public abstract readonly securityProtocol: SecurityProtocol;
  /** What clients must trust to know the brokers; none without encryption, or for public authorities. */
  public abstract readonly trust?: TrustedCertificates;
  /** The name of the cluster, for people. */
  public abstract readonly clusterName: string;
  /** Which cluster it is: the same for all that belong to the same one. */
  public abstract readonly clusterId: string;

  /**
   * Opens the way to pods. Connections do it by themselves.
   *
   * @param labels the labels of the pods
   * @param namespace the namespace of the pods
   */
  public abstract allowFromPods(labels: { [key: string]: string }, namespace: string): void;

  /** @internal What messages call it: `listener 'tls'`. */
  public abstract get _label(): string;

  /** @internal Why such a client cannot log in; nothing if it can. */
  public abstract _loginFaults(login: _KafkaLogin): string[];

  /** @internal Whether the brokers know a client with these credentials as nobody in particular, and let nobody do anything. */
  public abstract _isUselessFor(credentials: ClientCredentials): boolean;
}
