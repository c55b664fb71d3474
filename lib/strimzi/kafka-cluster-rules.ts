import { isDnsLabel } from '../kubernetes/names';
import { Rule, faultIf, repeated } from '../validation/rule';
import type { KafkaCluster } from './kafka-cluster';
import { REPLICATION_SETTINGS, RESERVED_CONFIG_PROVIDERS, isForbiddenSetting } from './kafka-config';
import type { KafkaListener } from './kafka-listener';
import { KafkaNodeRole } from './kafka-node-pool';
import { BROKER_SETTINGS, settingFault } from './kafka-settings';
import { customSettings, mechanismsOf } from './listener-settings';
import { StrimziCaProps } from './strimzi-ca';

/** Settings by which a self-run Kafka secures its controllers. */
const OF_CONTROLLERS = /^controller\.listener\.|^sasl\.mechanism\.controller\.|^listener\.name\.control/;
const CONTROLLERS_ARE_SECURED = ', but Strimzi secures the controllers by mutual TLS itself';

/** The names that Strimzi takes for volumes: two characters at least. */
const VOLUME_NAME = /^[a-z0-9][-a-z0-9]{0,61}[a-z0-9]$/;
/**
 * Names of volumes that Strimzi makes in the pods of brokers, beside those of the data.
 *
 * @see Strimzi 1.2.0, cluster-operator/.../model/KafkaCluster.java (getNonDataVolumes), VolumeUtils.java
 */
const RESERVED_VOLUMES = [
  'data',
  'strimzi-tmp',
  'kafka-metrics-and-logging',
  'ready-files',
  'rack-volume',
  'kube-api-access',
];
/** 3.3-IV3. */
const OLDEST_METADATA = [3, 3, 3];

export const KAFKA_CLUSTER_RULES: readonly Rule<KafkaCluster>[] = [
  {
    id: 'cluster-name',
    holds: 'The name of a cluster is a DNS label, short enough for what Strimzi derives from it.',
    remedy:
      'use at most 42 lower-case letters, digits and dashes (43 without the topic operator, 47 without both operators)',
    source: 'Strimzi 1.2.0, measured: the common name <cluster>-entity-topic-operator has 64 characters at most',
    faults: (c) => {
      const limit = c.hasTopicOperator ? 42 : c.hasUserOperator ? 43 : 47;
      return faultIf(
        !isDnsLabel(c.clusterName) || c.clusterName.length > limit,
        `the cluster name '${c.clusterName}' of ${c.clusterName.length} characters does not fit`,
      );
    },
  },
  {
    id: 'cluster-listeners',
    holds: 'A cluster has at least one listener, and no two with one name or port.',
    remedy: "add listeners with different names and ports: cluster.addListener('tls', { port: 9093, ... })",
    source: 'Strimzi 1.2.0, cluster-operator/.../model/ListenersValidator.java',
    faults: (c) => [
      ...faultIf(c.listeners.length === 0, `cluster '${c.clusterName}' has no listener`),
      ...repeated(c.listeners.map((l) => l.listenerName)).map(
        (name) => `cluster '${c.clusterName}' has two listeners named '${name}'`,
      ),
      ...repeated(c.listeners.map((l) => l.port)).map(
        (port) => `cluster '${c.clusterName}' has two listeners on port ${port}`,
      ),
    ],
  },
  {
    id: 'listener-service-names',
    holds: 'The names of the Services of each listener are DNS labels.',
    remedy: 'shorten the name of the cluster, of the pool or of the listener',
    source: 'Kubernetes 1.35: a Service has a DNS label for a name; Strimzi 1.2.0, ListenersUtils.java',
    faults: (c) =>
      c.listeners
        .filter((l) => l.type.name !== 'internal')
        .flatMap((l) => [
          `${c.clusterName}-kafka-${l.listenerName}-bootstrap`,
          ...c.nodePools.map(
            (pool) => `${c.clusterName}-${pool.poolName}-${l.listenerName}-${Math.max(c._nodeCount() - 1, 0)}`,
          ),
        ])
        .filter((service) => !isDnsLabel(service))
        .map((service) => `cluster '${c.clusterName}' would have a Service named ${service}`),
  },
  {
    id: 'cluster-nodes',
    holds: 'A cluster has at least one broker and one controller.',
    remedy:
      'add a pool with both roles: cluster.addNodePool("dual-role", { roles: [KafkaNodeRole.BROKER, KafkaNodeRole.CONTROLLER], ... })',
    source: 'Strimzi 1.2.0, cluster-operator/.../model/nodepools/NodePoolUtils.java',
    faults: (c) =>
      [KafkaNodeRole.BROKER, KafkaNodeRole.CONTROLLER]
        .filter((role) => !c.nodePools.some((pool) => pool.replicas > 0 && pool.roles.includes(role)))
        .map((role) => `cluster '${c.clusterName}' has no ${role}`),
  },
  {
    id: 'cluster-node-pools',
    holds: 'No two node pools of a cluster have one name.',
    remedy: 'give each pool a name of its own',
    source: 'Kubernetes 1.35: a KafkaNodePool is known by its name',
    faults: (c) =>
      repeated(c.nodePools.map((pool) => pool.poolName)).map(
        (name) => `cluster '${c.clusterName}' has two node pools named '${name}'`,
      ),
  },
  {
    id: 'cluster-controllers',
    holds: 'The number of controllers is odd, so that a majority of them can decide.',
    remedy: 'use 1, 3 or 5 controllers',
    source: 'Strimzi 1.2.0, KafkaSpecChecker (KafkaKRaftControllerNodeCount)',
    faults: (c) => {
      const controllers = c.nodePools
        .filter((pool) => pool.roles.includes(KafkaNodeRole.CONTROLLER))
        .reduce((sum, pool) => sum + pool.replicas, 0);
      return faultIf(
        controllers > 0 && controllers % 2 === 0,
        `cluster '${c.clusterName}' has ${controllers} controllers`,
      );
    },
  },
  {
    id: 'kafka-version',
    holds: 'The metadata version is written like 4.3-IV0, is at least 3.3-IV3, and is not newer than Kafka.',
    remedy: 'leave metadataVersion out, or take that of the KafkaVersion',
    source: 'Strimzi 1.2.0, cluster-operator/.../model/KRaftUtils.java; kafka-versions.yaml',
    faults: (c) => {
      const { metadataVersion, version } = c._props;
      if (metadataVersion === undefined) return [];
      const wanted = parseMetadataVersion(metadataVersion);
      if (!wanted || compare(wanted, OLDEST_METADATA) < 0) return [`the metadata version '${metadataVersion}' is none`];
      const newest = version && parseMetadataVersion(version.metadataVersion);
      return faultIf(
        newest !== undefined && compare(wanted, newest) > 0,
        `the metadata version ${metadataVersion} is newer than Kafka ${version?.version}`,
      );
    },
  },
  {
    id: 'kafka-config-forbidden',
    holds: 'Settings that Strimzi manages itself are not in config, where it would ignore them.',
    remedy: 'remove the setting; listeners, authorization and certificates have properties of their own',
    source: 'Strimzi 1.2.0, api/.../kafka/KafkaClusterSpec.java (FORBIDDEN_PREFIXES)',
    faults: (c) =>
      Object.keys(c._props.config ?? {})
        .filter(isForbiddenSetting)
        .map((setting) => `config has ${setting}${OF_CONTROLLERS.test(setting) ? CONTROLLERS_ARE_SECURED : ''}`),
  },
  {
    id: 'kafka-config-value',
    holds: 'Settings have values, and config providers other names than Strimzi’s.',
    remedy:
      'give the setting a string, number or boolean; call config providers other than ' +
      RESERVED_CONFIG_PROVIDERS.join(', '),
    source: 'Strimzi 1.2.0, cluster-operator/.../model/AbstractConfiguration.java',
    faults: (c) => [
      ...Object.entries(c._props.config ?? {})
        .filter(([, value]) => !isPlain(value))
        .map(([setting]) => `config has no plain value for ${setting}`),
      ...String(c._props.config?.['config.providers'] ?? '')
        .split(',')
        .filter((alias) => RESERVED_CONFIG_PROVIDERS.includes(alias.trim()))
        .map((alias) => `config declares the config provider ${alias.trim()}`),
    ],
  },
  {
    id: 'kafka-config-limits',
    holds: 'Settings of the brokers have values that Kafka takes.',
    remedy: 'change the value, or leave the setting out',
    source: 'Apache Kafka 4.3.1, kafka.server.KafkaConfig; Strimzi 1.2.0, KafkaConfiguration.validate',
    faults: (c) =>
      Object.entries(c._props.config ?? {})
        .filter(([, value]) => isPlain(value))
        .map(([setting, value]) => settingFault(BROKER_SETTINGS, setting, value))
        .filter((fault) => fault !== undefined),
  },
  {
    id: 'kafka-replication',
    holds:
      'Nothing is replicated more often than there are brokers, and no more replicas must be in step than there are.',
    remedy: 'lower the setting, leave it out, or add brokers',
    source:
      'Strimzi 1.2.0, KafkaCluster.validateConfiguration; Kafka 4.3.1 refuses writes when min.insync.replicas cannot be met',
    faults: (c) => {
      const config = c._config();
      const copies = Number(config['default.replication.factor']);
      return [
        ...REPLICATION_SETTINGS.filter((setting) => Number(config[setting]) > c.brokerCount && c.brokerCount > 0).map(
          (setting) => `${setting} is ${String(config[setting])} with ${c.brokerCount} brokers`,
        ),
        ...faultIf(
          Number(config['min.insync.replicas']) > copies,
          `min.insync.replicas is ${String(config['min.insync.replicas'])} with ${copies} replicas`,
        ),
      ];
    },
  },
  {
    id: 'cluster-ca-days',
    holds: 'A certificate authority is renewed before it ends, counted in whole days of 1 or more.',
    remedy: 'make renewal shorter than validity (365 days if not given)',
    source: 'Strimzi 1.2.0, CertificateAuthority CRD (minimum 1); nobody checks renewal < validity',
    faults: (c) => [...caFaults('clusterCa', c._props.clusterCa), ...caFaults('clientsCa', c._props.clientsCa)],
  },
  {
    id: 'cluster-ca-own',
    holds: 'Only an authority that Strimzi makes has its key replaced by Strimzi.',
    remedy: 'leave replaceKey out, and replace the Secrets of the authority yourself',
    source: 'Strimzi 1.2.0, certificate-manager/.../Ca.java: an authority from elsewhere is never renewed',
    faults: (c) =>
      Object.entries({ clusterCa: c._props.clusterCa, clientsCa: c._props.clientsCa })
        .filter(([, ca]) => ca?.generate === false && ca.replaceKey === true)
        .map(([which]) => `${which} is not made by Strimzi, which cannot replace its key`),
  },
  {
    id: 'super-user-name',
    holds:
      'Super users have names, without User:, which Strimzi puts in front, and without semicolons, which part them.',
    remedy: "write Principal.commonName('name') for certificates and Principal.named('name') for others",
    source:
      'Strimzi 1.2.0, api/.../kafka/KafkaAuthorizationSimple.java, measured: User:x becomes User:User:x; Kafka 4.3.1, super.users',
    faults: (c) => [
      ...c.superUsers
        .filter(({ name }) => /^user:/i.test(name))
        .map(({ name }) => `the super user '${name}' begins with User:`),
      ...c.superUsers
        .filter(({ name }) => name.includes(';'))
        .map(({ name }) => `the super user '${name}' would be several`),
      ...faultIf(
        c.superUsers.some(({ name }) => name.trim() === ''),
        'a super user has no name',
      ),
    ],
  },
  {
    id: 'super-user-without-authorizer',
    holds: 'Only a cluster with authorization has super users.',
    remedy: 'leave authorization at simple(), or add no super user',
    source: 'Strimzi 1.2.0: super users are part of authorization',
    faults: (c) =>
      faultIf(
        !c.authorization.enabled && c.superUsers.length > 0,
        `cluster '${c.clusterName}' has super users and no authorization`,
      ),
  },
  {
    id: 'authorizer-class',
    holds: 'A custom authorization names its class.',
    remedy: 'give authorizerClass',
    source: 'Strimzi 1.2.0, measured: the broker is told authorizer.class.name=null otherwise',
    faults: (c) => {
      const details = c.authorization._details;
      return faultIf(
        details.kind === 'custom' && details.custom.authorizerClass.trim() === '',
        'the custom authorization has no class',
      );
    },
  },
  {
    id: 'keycloak-authorization',
    holds:
      'Keycloak is asked over https, with trust that brokers can mount, for rights of clients that show its tokens.',
    remedy:
      'use an https tokenEndpointUri, give the authority by one Secret key in the namespace of the cluster, and add a listener with ListenerAuthentication.oauth()',
    source: 'strimzi-kafka-oauth 0.18.0, README "Configuring the Kafka Broker authorization"',
    faults: (c) => {
      const details = c.authorization._details;
      if (details.kind !== 'keycloak') return [];
      const { tokenEndpointUri, trust } = details.keycloak.issuer;
      return [
        ...faultIf(!tokenEndpointUri.startsWith('https://'), `${tokenEndpointUri} is not https`),
        ...faultIf(trust !== undefined && trust.key === undefined, `${trust?.toString()} is not a single file`),
        ...faultIf(
          trust?.namespace !== undefined && trust.namespace !== c.namespace,
          `brokers in namespace ${c.namespace} cannot mount ${trust?.toString()}`,
        ),
        ...faultIf(!c.listeners.some(takesTokens), `no client of cluster '${c.clusterName}' shows a token of Keycloak`),
      ];
    },
  },
  {
    id: 'pod-metadata',
    holds: 'Labels and annotations of pods do not begin with strimzi.io/ or app.kubernetes.io/, which are Strimzi’s.',
    remedy: 'choose a prefix of your own',
    source: 'Strimzi 1.2.0, api/.../template/MetadataTemplate.java; Labels.java',
    faults: (c) =>
      Object.keys({ ...c._props.pods?.labels, ...c._props.pods?.annotations })
        .filter((key) => key.startsWith('strimzi.io/') || key.startsWith('app.kubernetes.io/'))
        .map((key) => `the pods cannot have ${key}`),
  },
  {
    id: 'broker-mount',
    holds: 'What is mounted into brokers is below /mnt, in volumes of different names that are DNS labels.',
    remedy: "choose a path such as '/mnt/my-secret', one for each Secret",
    source: 'Strimzi 1.2.0, api/.../template/AdditionalVolume.java, TemplateUtils.java',
    faults: (c) => [
      ...c
        ._mounts()
        .filter((mount) => !isBrokerPath(mount.path))
        .map((mount) => `Secret ${mount.secretName} is mounted at ${mount.path}`),
      ...c
        ._mounts()
        .filter(({ volumeName }) => !VOLUME_NAME.test(volumeName) || isReservedVolume(volumeName))
        .map((mount) => `the volume of Secret ${mount.secretName} cannot be named ${mount.volumeName}`),
      ...repeated(c._mounts().map((mount) => mount.volumeName)).map(
        (volume) => `two mounts share the volume ${volume}`,
      ),
      ...repeated(c._mounts().map((mount) => mount.path)).map((path) => `two Secrets are mounted at ${path}`),
    ],
  },
  {
    id: 'broker-environment',
    holds:
      'Environment variables of brokers are named like variables, once each, not like those of Strimzi, and filled from Secrets of their namespace.',
    remedy:
      'choose a name of capitals, digits and underscores that begins neither with KAFKA_ nor with STRIMZI_, and a Secret in the namespace of the Kafka cluster',
    source: 'Strimzi 1.2.0, ContainerUtils.addContainerEnvsToExistingEnvs: known names are dropped with a warning',
    faults: (c) => [
      ...c
        ._environment()
        .filter(({ name }) => !/^[A-Z_][A-Z0-9_]*$/.test(name) || /^(KAFKA|STRIMZI)_/.test(name))
        .map(({ name }) => `brokers cannot have a variable ${name}`),
      ...repeated(c._environment().map(({ name }) => name)).map(
        (name) => `two values are given for the variable ${name}`,
      ),
      ...c
        ._environment()
        .filter(({ value }) => value.namespace !== undefined && value.namespace !== c.namespace)
        .map(
          ({ name, value }) =>
            `the variable ${name} cannot be filled from ${value.toString()} in namespace ${c.namespace}`,
        ),
    ],
  },
];

/** Whether a value can stand in the brokers' settings. */
function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value) && !Number.isNaN(value);
}

/** Whether Strimzi mounts a volume there: below /mnt, and not anywhere else by way of `..`. */
function isBrokerPath(path: string): boolean {
  return /^\/mnt(\/[^/:]+)+$/.test(path) && !path.split('/').includes('..');
}

function isReservedVolume(name: string): boolean {
  return RESERVED_VOLUMES.includes(name) || /^data-\d+$/.test(name);
}

/** Whether clients of the listener can be known by an OAuth token. */
function takesTokens({ authentication }: KafkaListener): boolean {
  const details = authentication._details;
  if (details.kind !== 'custom') return details.kind === 'oauth';
  return details.custom.sasl && mechanismsOf(customSettings(details.custom)).includes('OAUTHBEARER');
}

function parseMetadataVersion(text: string): number[] | undefined {
  const match = /^(\d+)\.(\d+)(?:-IV(\d+))?$/.exec(text);
  return match
    ?.slice(1)
    .filter((part) => part !== undefined)
    .map(Number);
}

/** Compares versions as far as both go: `4.3` is the newest of the 4.3 ones. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return a[i] - b[i];
  }
  return 0;
}

function caFaults(which: string, ca: StrimziCaProps | undefined): string[] {
  if (!ca) return [];
  const validity = ca.validity?.toDays({ integral: false }) ?? 365;
  const renewal = ca.renewal?.toDays({ integral: false }) ?? 30;
  return [
    ...faultIf(
      renewal >= validity,
      `${which} is renewed ${renewal} days before its end, and valid for ${validity} days`,
    ),
    ...[validity, renewal]
      .filter((days) => !Number.isInteger(days) || days < 1)
      .map((days) => `${which} cannot count ${days} days`),
  ];
}
