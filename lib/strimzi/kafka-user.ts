import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { AclPermission, AclResourceType, AclRule } from '../access/acl';
import { smallestAclSet } from '../access/acl-set';
import { ClientCredentials } from '../access/client-credentials';
import { IKafkaUser } from '../access/kafka-user';
import { Principal } from '../access/principal';
import { ICertificate } from '../pki/certificate';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { SecretKey } from '../secrets/secret-key';
import { enforce } from '../validation/rule';
import { clusterId } from './cluster-id';
import type { IKafkaCluster } from './kafka-cluster';
import { KAFKA_USER_RULES } from './kafka-user-rules';
import { clientsCaSecret } from './strimzi-ca';
import { UserAuthentication } from './user-authentication';

/**
 * How much of the brokers a user may take.
 *
 * @see Strimzi 1.2.0, api/.../user/KafkaUserQuotas.java
 */
export interface KafkaUserQuotas {
  /**
   * Bytes per second that the user may write to each broker: a whole number, 0 or more.
   *
   * @default - no limit
   */
  readonly producerByteRate?: number;
  /**
   * Bytes per second that the user may read from each broker: a whole number, 0 or more.
   *
   * @default - no limit
   */
  readonly consumerByteRate?: number;
  /**
   * Per cent of the time of the brokers' network and request threads: a whole number, 0 or more.
   *
   * @default - no limit
   */
  readonly requestPercentage?: number;
  /**
   * Partitions per second that the user may create and delete: 0 or more.
   *
   * @default - no limit
   */
  readonly controllerMutationRate?: number;
}

/** A user of a Kafka cluster. */
export interface KafkaUserProps {
  /** The cluster. */
  readonly cluster: IKafkaCluster;
  /** What the user proves its identity with. */
  readonly authentication: UserAuthentication;
  /**
   * The user's name.
   *
   * @default - that of the OAuth principal, or else the construct's id
   */
  readonly userName?: string;
  /**
   * How much of the brokers the user may take.
   *
   * @default - no limit
   */
  readonly quotas?: KafkaUserQuotas;
}

/**
 * A user that Strimzi's User Operator keeps: a KafkaUser resource (`kafka.strimzi.io/v1`).
 *
 * It may do nothing until something is granted: `topic.grantConsume(user, group)`. The rights are compiled to the
 * smallest set of ACLs.
 *
 * @see Strimzi 1.2.0, install/cluster-operator/044-Crd-kafkauser.yaml
 */
export class KafkaUser extends Construct implements IKafkaUser {
  /** The cluster. */
  public readonly cluster: IKafkaCluster;
  public readonly userName: string;
  public readonly principal: Principal;
  /** What the user proves its identity with. */
  public readonly authentication: UserAuthentication;
  /** How much of the brokers the user may take. */
  public readonly quotas?: KafkaUserQuotas;
  /** The Secret with the user's credentials; none if Strimzi makes none. */
  public readonly secretName?: string;
  /** The KafkaUser resource, for what has no property here. */
  public readonly apiObject: ApiObject;

  private readonly rules: AclRule[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the user's name if nothing else gives one
   * @param props the user
   */
  public constructor(scope: Construct, id: string, props: KafkaUserProps) {
    super(scope, id);
    this.cluster = props.cluster;
    this.authentication = props.authentication;
    this.userName = props.userName ?? props.authentication._userName() ?? id;
    this.quotas = props.quotas;
    const { kind } = props.authentication._details;
    const byCertificate = kind === 'tls' || kind === 'tlsExternal';
    this.principal = byCertificate ? Principal.commonName(this.userName) : Principal.named(this.userName);
    this.secretName =
      kind === 'tls' || kind === 'scramSha512' ? `${this.cluster.userSecretPrefix}${this.userName}` : undefined;
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'KafkaUser',
      metadata: {
        name: this.userName,
        namespace: this.cluster.namespace,
        labels: { 'strimzi.io/cluster': this.cluster.clusterName },
      },
      spec: Lazy.any({ produce: () => this.render() }) as object,
    });
    enforce(this, KAFKA_USER_RULES, this);
  }

  public addAcl(rule: AclRule): void {
    this.rules.push(rule);
  }

  public get acls(): AclRule[] {
    return smallestAclSet(this.rules);
  }

  public get clusterName(): string {
    return this.cluster.clusterName;
  }

  public get clusterId(): string {
    return clusterId(this.cluster);
  }

  public get takesAcls(): boolean {
    return this.cluster.authorization.takesAcls;
  }

  public get credentials(): ClientCredentials {
    const details = this.authentication._details;
    switch (details.kind) {
      case 'tls':
        return ClientCredentials.certificate(new UserCertificate(this));
      case 'tlsExternal':
        return details.certificate ? ClientCredentials.certificate(details.certificate) : ClientCredentials.none();
      case 'scramSha512':
        return ClientCredentials.scramSha512(this.userName, this.password(details.scram.password));
      case 'oauth': {
        const { clientId, clientSecret, issuer } = details.client;
        return ClientCredentials.oauth({
          clientId,
          clientSecret,
          tokenEndpointUri: issuer.tokenEndpointUri,
          trust: issuer.trust,
        });
      }
      case 'none':
        return ClientCredentials.none();
    }
  }

  /** @internal A key of the Secret that Strimzi makes for the user. */
  public _secretKey(key: string): SecretKey {
    return SecretKey._made(this.cluster.namespace, this.secretName ?? this.userName, key);
  }

  /** The password in the Secret that Strimzi makes: a random one, or a copy of the one that was given. */
  private password(given: SecretKey | undefined): SecretKey {
    const { namespace } = this.cluster;
    return SecretKey._made(namespace, this.secretName ?? this.userName, 'password', given?.alphanumeric ?? true);
  }

  /** @internal The rights as they were given. */
  public _rules(): readonly AclRule[] {
    return this.rules;
  }

  private render(): object {
    const authentication = this.authentication._render();
    const acls = this.acls;
    return {
      ...(authentication ? { authentication } : {}),
      ...(acls.length > 0 ? { authorization: { type: 'simple', acls: acls.map(renderAcl) } } : {}),
      ...(this.quotas ? { quotas: { ...this.quotas } } : {}),
    };
  }
}

/** The certificate of a `tls` user, in the Secret that the User Operator writes. */
class UserCertificate implements ICertificate {
  public readonly commonName: string;
  public readonly certificate: SecretKey;
  public readonly privateKey: SecretKey;
  public readonly issuer: TrustedCertificates;
  public readonly dnsNames: string[] = [];

  public constructor(user: KafkaUser) {
    this.commonName = user.userName;
    this.certificate = user._secretKey('user.crt');
    this.privateKey = user._secretKey('user.key');
    this.issuer = clientsCaOf(user.cluster);
  }
}

/** What brokers check the certificates of `tls` users against; not for clients. */
export function clientsCaOf(cluster: IKafkaCluster): TrustedCertificates {
  return TrustedCertificates._made(cluster.namespace, clientsCaSecret(cluster.clusterName));
}

function renderAcl(rule: AclRule): object {
  const { resource, operations, permission, host } = rule;
  return {
    ...(permission === AclPermission.DENY ? { type: 'deny' } : {}),
    ...(host !== undefined && host !== '*' ? { host } : {}),
    resource:
      resource.resourceType === AclResourceType.CLUSTER
        ? { type: 'cluster' }
        : { type: resource.resourceType, name: resource.name, patternType: resource.patternType },
    operations,
  };
}
