import { isDnsLabel } from '../kubernetes/names';
import { Rule, faultIf } from '../validation/rule';
import type { KafkaCluster } from './kafka-cluster';
import { REPLICATION_SETTINGS, RESERVED_CONFIG_PROVIDERS, isForbiddenSetting } from './kafka-config';
import { KafkaNodeRole } from './kafka-node-pool';
import { StrimziCaProps } from './strimzi-ca';

const VOLUME_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const OLDEST_METADATA = [3, 3];

export const KAFKA_CLUSTER_RULES: readonly Rule<KafkaCluster>[] = [
  {
    id: 'cluster-name',
    holds: 'The name of a cluster is a DNS label, short enough for what Strimzi derives from it.',
    remedy: 'use at most 42 lower-case letters, digits and dashes (43 without the topic operator, 47 without both operators)',
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
      ...repeated(c.listeners.map((l) => l.port)).map((port) => `cluster '${c.clusterName}' has two listeners on port ${port}`),
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
          ...c.nodePools.map((pool) => `${c.clusterName}-${pool.poolName}-${l.listenerName}-${Math.max(c._nodeCount() - 1, 0)}`),
        ])
        .filter((service) => !isDnsLabel(service))
        .map((service) => `cluster '${c.clusterName}' would have a Service named ${service}`),
  },
  {
    id: 'cluster-nodes',
    holds: 'A cluster has at least one broker and one controller.',
    remedy: 'add a pool with both roles: cluster.addNodePool("dual-role", { roles: [KafkaNodeRole.BROKER, KafkaNodeRole.CONTROLLER], ... })',
    source: 'Strimzi 1.2.0, cluster-operator/.../model/nodepools/NodePoolUtils.java',
    faults: (c) =>
      [KafkaNodeRole.BROKER, KafkaNodeRole.CONTROLLER]
        .filter((role) => !c.nodePools.some((pool) => pool.replicas > 0 && pool.roles.includes(role)))
        .map((role) => `cluster '${c.clusterName}' has no ${role}`),
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
      return faultIf(controllers > 0 && controllers % 2 === 0, `cluster '${c.clusterName}' has ${controllers} controllers`);
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
        .map((setting) => `config has ${setting}`),
  },
  {
    id: 'kafka-config-value',
    holds: 'Settings have values, and config providers other names than Strimzi’s.',
    remedy: 'give the setting a string, number or boolean; call config providers other than ' + RESERVED_CONFIG_PROVIDERS.join(', '),
    source: 'Strimzi 1.2.0, api/.../common/AbstractConfiguration.java',
    faults: (c) => [
      ...Object.entries(c._props.config ?? {})
        .filter(([, value]) => value === null || typeof value === 'object' || Number.isNaN(value))
        .map(([setting]) => `config has no plain value for ${setting}`),
      ...String(c._props.config?.['config.providers'] ?? '')
        .split(',')
        .filter((alias) => RESERVED_CONFIG_PROVIDERS.includes(alias.trim()))
        .map((alias) => `config declares the config provider ${alias.trim()}`),
    ],
  },
  {
    id: 'kafka-replication',
    holds: 'Nothing is replicated more often than there are brokers, and no more replicas must be in step than there are.',
    remedy: 'lower the setting, leave it out, or add brokers',
    source: 'Strimzi 1.2.0, KafkaCluster.validateConfiguration; Kafka 4.3.1 refuses writes when min.insync.replicas cannot be met',
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
    id: 'super-user-name',
    holds: 'Super users are named without User:, which Strimzi puts in front.',
    remedy: "write Principal.commonName('name') for certificates and Principal.named('name') for others",
    source: 'Strimzi 1.2.0, api/.../kafka/KafkaAuthorizationSimple.java, measured: User:x becomes User:User:x',
    faults: (c) => c.superUsers.filter(({ name }) => /^user:/i.test(name)).map(({ name }) => `the super user '${name}' begins with User:`),
  },
  {
    id: 'super-user-without-authorizer',
    holds: 'Only a cluster with authorization has super users.',
    remedy: 'leave authorization at simple(), or add no super user',
    source: 'Strimzi 1.2.0: super users are part of authorization',
    faults: (c) => faultIf(!c.authorization.enabled && c.superUsers.length > 0, `cluster '${c.clusterName}' has super users and no authorization`),
  },
  {
    id: 'authorizer-class',
    holds: 'A custom authorization names its class.',
    remedy: 'give authorizerClass',
    source: 'Strimzi 1.2.0, measured: the broker is told authorizer.class.name=null otherwise',
    faults: (c) => {
      const details = c.authorization._details;
      return faultIf(details.kind === 'custom' && details.custom.authorizerClass.trim() === '', 'the custom authorization has no class');
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
        .filter((mount) => !/^\/mnt\/[^/]/.test(mount.path))
        .map((mount) => `Secret ${mount.secretName} is mounted at ${mount.path}`),
      ...c
        ._mounts()
        .filter((mount) => !VOLUME_NAME.test(mount.volumeName) || mount.volumeName.length > 63 || mount.volumeName.startsWith('data-'))
        .map((mount) => `the volume of Secret ${mount.secretName} cannot be named ${mount.volumeName}`),
      ...repeated(c._mounts().map((mount) => mount.volumeName)).map((volume) => `two mounts share the volume ${volume}`),
      ...repeated(c._mounts().map((mount) => mount.path)).map((path) => `two Secrets are mounted at ${path}`),
    ],
  },
  {
    id: 'broker-environment',
    holds: 'Environment variables of brokers are named like variables, once each, and not like those of Strimzi.',
    remedy: 'choose a name of capitals, digits and underscores that begins neither with KAFKA_ nor with STRIMZI_',
    source: 'Strimzi 1.2.0, ContainerUtils.addContainerEnvsToExistingEnvs: known names are dropped with a warning',
    faults: (c) => [
      ...c
        ._environment()
        .filter(({ name }) => !/^[A-Z_][A-Z0-9_]*$/.test(name) || /^(KAFKA|STRIMZI)_/.test(name))
        .map(({ name }) => `brokers cannot have a variable ${name}`),
      ...repeated(c._environment().map(({ name }) => name)).map((name) => `two values are given for the variable ${name}`),
    ],
  },
];

function repeated<T>(values: readonly T[]): T[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function parseMetadataVersion(text: string): number[] | undefined {
  const match = /^(\d+)\.(\d+)(?:-IV(\d+))?$/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), match[3] === undefined ? Infinity : Number(match[3])] : undefined;
}

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
    ...faultIf(renewal >= validity, `${which} is renewed ${renewal} days before its end, and valid for ${validity} days`),
    ...[validity, renewal].filter((days) => !Number.isInteger(days) || days < 1).map((days) => `${which} cannot count ${days} days`),
  ];
}
