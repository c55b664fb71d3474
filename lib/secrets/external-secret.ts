import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { goDuration } from '../kubernetes/go-duration';
import { PLACE_RULES, namespaceOf } from '../kubernetes/place';
import { enforce } from '../validation/rule';
import { EXTERNAL_SECRET_RULES } from './external-secret-rules';
import { SecretKey } from './secret-key';

/** Where a store of the External Secrets Operator can be used. */
export enum SecretStoreKind {
  /** In its own namespace. */
  SECRET_STORE = 'SecretStore',
  /** In every namespace. */
  CLUSTER_SECRET_STORE = 'ClusterSecretStore',
}

/** Where a value is in the store. */
export interface ExternalSecretKey {
  /** The name of the secret in the store. */
  readonly remoteKey: string;
  /**
   * The part of the secret that is meant, in stores whose secrets have parts.
   *
   * @default - all of it
   */
  readonly property?: string;
}

/** A Secret whose values come from a store outside the cluster. */
export interface ExternalSecretProps {
  /** The name of the store. */
  readonly storeName: string;
  /**
   * Which kind of store it is.
   *
   * @default SecretStoreKind.SECRET_STORE
   */
  readonly storeKind?: SecretStoreKind;
  /** The keys of the Secret, and where their values are in the store. */
  readonly keys: { [key: string]: ExternalSecretKey };
  /**
   * How often the values are read again; zero for once.
   *
   * @default Duration.hours(1)
   */
  readonly refreshInterval?: Duration;
  /**
   * The name of the ExternalSecret and of the Secret that it makes.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The namespace of both.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;
}

/**
 * A Secret that the External Secrets Operator fills from a store: an ExternalSecret (`external-secrets.io/v1`).
 *
 * @see External Secrets Operator, apis/externalsecrets/v1/externalsecret_types.go
 */
export class ExternalSecret extends Construct {
  /** The name of the ExternalSecret and of the Secret that it makes. */
  public readonly secretName: string;
  /** The namespace of both. */
  public readonly namespace: string;
  /** The ExternalSecret resource, for what has no property here. */
  public readonly apiObject: ApiObject;

  /** @internal */
  public readonly _props: ExternalSecretProps;
  /** @internal Keys that were asked for and do not exist. */
  public readonly _undeclared: string[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the Secret's name if none is given
   * @param props store and keys
   */
  public constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, id);
    this._props = props;
    this.secretName = props.name ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: this.secretName, namespace: this.namespace },
      spec: {
        refreshInterval: goDuration(props.refreshInterval ?? Duration.hours(1)),
        secretStoreRef: { name: props.storeName, kind: props.storeKind ?? SecretStoreKind.SECRET_STORE },
        target: { name: this.secretName, creationPolicy: 'Owner' },
        data: Object.entries(props.keys).map(([secretKey, { remoteKey, property }]) => ({
          secretKey,
          remoteRef: { key: remoteKey, ...(property === undefined ? {} : { property }) },
        })),
      },
    });
    enforce(this, PLACE_RULES, this);
    enforce(this, EXTERNAL_SECRET_RULES, this);
  }

  /**
   * One of the declared keys.
   *
   * @param name the key in the Secret
   */
  public key(name: string): SecretKey {
    if (!Object.keys(this._props.keys).includes(name)) this._undeclared.push(name);
    return SecretKey._made(this.namespace, this.secretName, name);
  }
}
