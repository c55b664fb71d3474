import { IConstruct } from 'constructs';
import { DevelopmentCertificate } from '../pki/development-certificate';
import { DevelopmentCertificateAuthority } from '../pki/development-certificate-authority';
import { DevelopmentSecret } from '../secrets/development-secret';
import { KafkaUser } from '../strimzi/kafka-user';
import { AppModel, AppObject } from './app-model';
import { Fields, fieldsAt, listAt, textAt } from './fields';

/** A Secret that exists once the app is applied. */
export interface MadeSecret {
  readonly namespace: string;
  readonly name: string;
  /** The keys of its data; none if they are not known. */
  readonly keys?: readonly string[];
  /** What makes it, as people would say. */
  readonly maker: string;
  /** Identifies the object that makes it. */
  readonly object: string;
  readonly construct: IConstruct;
}

const CA_KEYS = ['ca.crt', 'ca.p12', 'ca.password'];
const USER_KEYS = {
  tls: ['ca.crt', 'user.crt', 'user.key', 'user.p12', 'user.password'],
  'scram-sha-512': ['password', 'sasl.jaas.config'],
};

/** Every Secret that the app makes, or that an operator makes for one of its objects. */
export function madeSecrets(app: AppModel): MadeSecret[] {
  return [
    ...app.objects.flatMap((object) => (object.developmentSecrets ? fromDevelopment(object) : fromObject(app, object))),
    ...app.all(KafkaUser).flatMap(fromUser),
  ];
}

function fromDevelopment(object: AppObject): MadeSecret[] {
  return object.kind === 'Secret' ? [made(object, object.name, developmentKeys(object.construct))] : [];
}

function developmentKeys(construct: IConstruct): string[] | undefined {
  if (construct instanceof DevelopmentSecret) return [...construct.values.keys()];
  if (construct instanceof DevelopmentCertificateAuthority) return ['ca.crt'];
  if (construct instanceof DevelopmentCertificate) return ['ca.crt', 'tls.crt', 'tls.key'];
  return undefined;
}

function fromObject(app: AppModel, object: AppObject): MadeSecret[] {
  const { manifest } = object;
  if (!manifest) return [];
  switch (`${object.apiGroup}/${object.kind}`) {
    case 'core/Secret':
      return [
        made(object, object.name, Object.keys({ ...fieldsAt(manifest, 'data'), ...fieldsAt(manifest, 'stringData') })),
      ];
    case 'kafka.strimzi.io/Kafka':
      return strimziSecrets(app, object, manifest);
    case 'kafka.strimzi.io/KafkaUser': {
      const kind = textAt(manifest, 'spec', 'authentication', 'type');
      return kind === 'tls' || kind === 'scram-sha-512' ? [made(object, object.name, USER_KEYS[kind])] : [];
    }
    case 'cert-manager.io/Certificate':
      return [made(object, textAt(manifest, 'spec', 'secretName') ?? '', certificateKeys(fieldsAt(manifest, 'spec')))];
    case 'external-secrets.io/ExternalSecret':
      return externalSecrets(object, fieldsAt(manifest, 'spec'));
    case 'access.strimzi.io/KafkaAccess':
      return [made(object, textAt(manifest, 'spec', 'secretName') ?? object.name)];
    case 'k8s.keycloak.org/Keycloak':
      return textAt(manifest, 'spec', 'bootstrapAdmin', 'user', 'secret') === undefined
        ? [made(object, `${object.name}-initial-admin`, ['username', 'password'])]
        : [];
    default:
      return [];
  }
}

function fromUser(user: KafkaUser): MadeSecret[] {
  if (user.secretName === undefined) return [];
  const keys = user.authentication._details.kind === 'tls' ? USER_KEYS.tls : USER_KEYS['scram-sha-512'];
  const { namespace } = user.cluster;
  return [
    {
      namespace,
      name: user.secretName,
      keys,
      maker: `the KafkaUser '${user.userName}'`,
      object: `KafkaUser ${namespace}/${user.userName}`,
      construct: user,
    },
  ];
}

/**
 * The Secrets of a cluster.
 *
 * @see Strimzi 1.2.0, measured on a running cluster
 */
function strimziSecrets(app: AppModel, kafka: AppObject, manifest: Fields): MadeSecret[] {
  const generated = (ca: string): boolean => fieldsAt(manifest, 'spec', ca)['generateCertificateAuthority'] !== false;
  const authority = (name: string): MadeSecret[] => [
    made(kafka, `${kafka.name}-${name}-cert`, CA_KEYS),
    made(kafka, `${kafka.name}-${name}`, ['ca.key']),
  ];
  return [
    ...(generated('clusterCa') ? authority('cluster-ca') : []),
    ...(generated('clientsCa') ? authority('clients-ca') : []),
    made(kafka, `${kafka.name}-trustbundle`, ['cluster-ca.crt', 'clients-ca.crt']),
    made(kafka, `${kafka.name}-cluster-operator-certs`, ['cluster-operator.crt', 'cluster-operator.key']),
    ...['user', 'topic'].map((operator) =>
      made(kafka, `${kafka.name}-entity-${operator}-operator-certs`, ['entity-operator.crt', 'entity-operator.key']),
    ),
    ...nodeNames(app, kafka).map((node) => made(kafka, node)),
  ];
}

/** The names of the pods: nodes are numbered over all pools, and any pool may come first. */
function nodeNames(app: AppModel, kafka: AppObject): string[] {
  const pools = app.ofKind('kafka.strimzi.io', 'KafkaNodePool').filter(({ namespace, manifest }) => {
    return (
      namespace === kafka.namespace && fieldsAt(manifest, 'metadata', 'labels')['strimzi.io/cluster'] === kafka.name
    );
  });
  const nodes = pools.reduce((sum, { manifest }) => sum + Number(fieldsAt(manifest, 'spec')['replicas'] ?? 0), 0);
  return pools.flatMap((pool) => Array.from({ length: nodes }, (_, id) => `${kafka.name}-${pool.name}-${id}`));
}

/**
 * The keys that cert-manager writes.
 *
 * @see cert-manager 1.21, pkg/apis/certmanager/v1/types_certificate.go
 */
function certificateKeys(spec: Fields): string[] {
  const formats = listAt(spec, 'additionalOutputFormats').map((format) => textAt(format, 'type'));
  return [
    'tls.crt',
    'tls.key',
    'ca.crt',
    ...(fieldsAt(spec, 'keystores', 'pkcs12')['create'] === true ? ['keystore.p12', 'truststore.p12'] : []),
    ...(fieldsAt(spec, 'keystores', 'jks')['create'] === true ? ['keystore.jks', 'truststore.jks'] : []),
    ...(formats.includes('CombinedPEM') ? ['tls-combined.pem'] : []),
    ...(formats.includes('DER') ? ['key.der'] : []),
  ];
}

function externalSecrets(object: AppObject, spec: Fields): MadeSecret[] {
  const target = fieldsAt(spec, 'target');
  if (['Merge', 'None'].includes(textAt(target, 'creationPolicy') ?? '')) return [];
  const named = listAt(spec, 'data').map((entry) => textAt(entry, 'secretKey') ?? '');
  const keysAreKnown = !('dataFrom' in spec) && !('template' in target);
  return [made(object, textAt(target, 'name') ?? object.name, keysAreKnown ? named : undefined)];
}

function made(object: AppObject, name: string, keys?: readonly string[]): MadeSecret {
  const { construct, kind, namespace } = object;
  return {
    namespace,
    name,
    keys,
    maker: `the ${kind} '${object.name}'`,
    object: `${kind} ${namespace}/${object.name}`,
    construct,
  };
}
