import { KafkaUser } from '../strimzi/kafka-user';
import { IConstruct } from 'constructs';
import { AppModel, AppObject } from './app-model';
import { Fields, fieldsAt, listAt, textAt } from './fields';
import { podTemplatesOf } from './pod-templates';

/** A Secret that an object refers to, in its own namespace. */
export interface SecretReference {
  readonly namespace: string;
  readonly name: string;
  /** The key; none if the whole Secret is meant. */
  readonly key?: string;
  /** What refers to it, as people would say. */
  readonly by: string;
  readonly construct: IConstruct;
}

type Reference = Pick<SecretReference, 'name' | 'key'>;

/** Every reference to a Secret that must exist. */
export function secretReferences(app: AppModel): SecretReference[] {
  return [
    ...app.objects.flatMap((object) =>
      [...podReferences(object), ...ownReferences(object)].map((reference) => ({
        ...reference,
        namespace: object.namespace,
        by: `the ${object.kind} '${object.name}'`,
        construct: object.construct,
      })),
    ),
    ...app.all(KafkaUser).flatMap(passwordOf),
  ];
}

function passwordOf(user: KafkaUser): SecretReference[] {
  const details = user.authentication._details;
  const password = details.kind === 'scramSha512' ? details.scram.password : undefined;
  if (!password) return [];
  const { secretName: name, key } = password;
  return [{ namespace: user.cluster.namespace, name, key, by: `the KafkaUser '${user.userName}'`, construct: user }];
}

function podReferences(object: AppObject): Reference[] {
  return podTemplatesOf(object).flatMap(({ volumes, containers }) => [
    ...volumes.flatMap((volume) => [
      ...whole(fieldsAt(volume, 'secret'), 'secretName'),
      ...listAt(volume, 'projected', 'sources').flatMap((source) => whole(fieldsAt(source, 'secret'), 'name')),
    ]),
    ...containers.flatMap(({ fields }) => [
      ...listAt(fields, 'env').flatMap((variable) => selector(fieldsAt(variable, 'valueFrom', 'secretKeyRef'))),
      ...listAt(fields, 'envFrom').flatMap((source) => whole(fieldsAt(source, 'secretRef'), 'name')),
    ]),
  ]);
}

/** The Secrets that custom resources name by fields of their own. */
function ownReferences({ apiGroup, kind, manifest }: AppObject): Reference[] {
  const spec = fieldsAt(manifest, 'spec');
  switch (`${apiGroup}/${kind}`) {
    case 'kafka.strimzi.io/Kafka':
      return listAt(spec, 'kafka', 'listeners').flatMap((listener) =>
        keyPair(fieldsAt(listener, 'configuration', 'brokerCertChainAndKey')),
      );
    case 'kafka.strimzi.io/KafkaConnect':
    case 'kafka.strimzi.io/KafkaBridge':
      return [
        ...listAt(spec, 'tls', 'trustedCertificates').flatMap((trust) => named(trust, 'secretName', 'certificate')),
        ...keyPair(fieldsAt(spec, 'authentication', 'certificateAndKey')),
        ...keyPair(fieldsAt(spec, 'http', 'tls', 'certificateAndKey')),
        ...named(fieldsAt(spec, 'authentication', 'passwordSecret'), 'secretName', 'password'),
      ];
    case 'k8s.keycloak.org/Keycloak':
      return [
        ...['tls.crt', 'tls.key'].flatMap((key) => secretNamed(textAt(spec, 'http', 'tlsSecret'), key)),
        ...selector(fieldsAt(spec, 'db', 'usernameSecret')),
        ...selector(fieldsAt(spec, 'db', 'passwordSecret')),
        ...secretNamed(textAt(spec, 'bootstrapAdmin', 'user', 'secret')),
        ...each(spec, 'truststores').flatMap((store) => whole(fieldsAt(store, 'secret'), 'name')),
      ];
    case 'k8s.keycloak.org/KeycloakRealmImport':
      return each(spec, 'placeholders').flatMap((placeholder) => selector(fieldsAt(placeholder, 'secret')));
    case 'cert-manager.io/Certificate':
      return each(spec, 'keystores').flatMap((store) => selector(fieldsAt(store, 'passwordSecretRef')));
    case 'cert-manager.io/Issuer':
      return ['tls.crt', 'tls.key'].flatMap((key) => secretNamed(textAt(spec, 'ca', 'secretName'), key));
    default:
      return [];
  }
}

/** A whole Secret, or those of its keys that are listed. */
function whole(source: Fields, nameField: string): Reference[] {
  if (source['optional'] === true) return [];
  const keys = listAt(source, 'items').map((item) => textAt(item, 'key'));
  return (keys.length > 0 ? keys : [undefined]).flatMap((key) => secretNamed(textAt(source, nameField), key));
}

function selector(source: Fields): Reference[] {
  return source['optional'] === true ? [] : named(source, 'name', 'key');
}

function keyPair(source: Fields): Reference[] {
  return [...named(source, 'secretName', 'certificate'), ...named(source, 'secretName', 'key')];
}

function named(source: Fields, nameField: string, keyField: string): Reference[] {
  return secretNamed(textAt(source, nameField), textAt(source, keyField));
}

function secretNamed(name: string | undefined, key?: string): Reference[] {
  return name === undefined ? [] : [{ name, key }];
}

/** The values of the map at a field. */
function each(value: unknown, field: string): unknown[] {
  return Object.values(fieldsAt(value, field));
}
