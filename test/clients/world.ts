import { Chart, Size } from 'cdk8s';
import {
  ApicurioRegistry,
  ExistingCertificate,
  KafkaAuthorization,
  KafkaCluster,
  KafkaConnection,
  KafkaListener,
  KafkaNodeRole,
  KafkaStorage,
  KafkaTopic,
  KafkaUser,
  ListenerAuthentication,
  SecretKey,
  TrustedCertificates,
  UserAuthentication,
} from '../../lib';
import { RuleText } from '../../lib/validation/rule';
import { Manifest, faults } from '../support/synth';

/** A cluster with a listener for mutual TLS, and the topic of the sales records. */
export class World {
  public readonly cluster: KafkaCluster;
  public readonly listener: KafkaListener;
  public readonly topic: KafkaTopic;

  public constructor(
    public readonly chart: Chart,
    authorization?: KafkaAuthorization,
  ) {
    this.cluster = new KafkaCluster(chart, 'my-cluster', { authorization });
    this.cluster.addNodePool('dual-role', {
      roles: [KafkaNodeRole.CONTROLLER, KafkaNodeRole.BROKER],
      replicas: 1,
      storage: KafkaStorage.persistent({ size: Size.gibibytes(10) }),
    });
    this.listener = this.cluster.addListener('tls', { port: 9093, authentication: ListenerAuthentication.tls() });
    this.topic = new KafkaTopic(chart, 'flink.sales.records', { cluster: this.cluster });
  }

  public user(name: string, authentication = UserAuthentication.tls()): KafkaUser {
    return new KafkaUser(this.chart, name, { cluster: this.cluster, authentication });
  }

  /** How a user reaches the listener; nobody if there is no user. */
  public connect(user?: KafkaUser, listener = this.listener, namespace?: string): KafkaConnection {
    const id = [listener.listenerName, user?.userName ?? 'nobody', namespace ?? 'here', 'connection'].join('-');
    return new KafkaConnection(this.chart, id, { listener, user, namespace });
  }
}

/** The faults by `rules` in a chart that `build` fills, without those that other rules find in it as well. */
export function faultsBy(rules: readonly RuleText[], build: (chart: Chart) => void): string[] {
  return faults(build).filter((message) => rules.some(({ id }) => message.endsWith(`(${id})`)));
}

/** A certificate in Secret `registry-tls`, issued by the authority in Secret `root-ca`. */
export function certificate(dnsNames = ApicurioRegistry.dnsNames('registry', 'flink'), namespace?: string) {
  return new ExistingCertificate({
    commonName: 'registry',
    certificate: SecretKey.existing('registry-tls', 'tls.crt', { namespace }),
    privateKey: SecretKey.existing('registry-tls', 'tls.key', { namespace }),
    issuer: TrustedCertificates.fromSecret('root-ca', 'ca.crt', { namespace }),
    dnsNames,
  });
}

/** The variables of the container of a Deployment: a value, or `secret:key`. */
export function environment(deployment: Manifest): Record<string, string> {
  const [container] = deployment.spec.template.spec.containers;
  return Object.fromEntries(
    (container.env ?? []).map(({ name, value, valueFrom }: any) => [
      name,
      value ?? `${valueFrom.secretKeyRef.name}:${valueFrom.secretKeyRef.key}`,
    ]),
  );
}

/** The files below `/opt` and `/truststore` that the variables of a Deployment speak of. */
export function mentionedFiles(deployment: Manifest): string[] {
  const values = Object.values(environment(deployment)).map((value) => value.replace(/dir:([^:]+):([^}]+)/g, '$1/$2'));
  return [
    ...new Set(
      values.flatMap((value) => value.match(/\/(opt|truststore)\/[\w.-]+\/[\w.-]+|\/truststore\/[\w.-]+/g) ?? []),
    ),
  ];
}

/** The files that the container of a Deployment has: keys of Secrets, and what init containers write. */
export function presentFiles(deployment: Manifest): string[] {
  const { containers, initContainers = [], volumes } = deployment.spec.template.spec;
  const written = initContainers.map(({ command }: any) => command.join(' ')).join('\n');
  return containers[0].volumeMounts.flatMap(({ name, mountPath }: any) => {
    const { secret } = volumes.find((volume: any) => volume.name === name);
    if (secret) return secret.items.map(({ path }: any) => `${mountPath}/${path}`);
    const files: string[] = written.match(new RegExp(`${mountPath}/[\\w.-]+`, 'g')) ?? [];
    return [...new Set(files)];
  });
}

/** What every pod of this library promises, as far as a Deployment does not keep it. */
export function unsafeties(deployment: Manifest): string[] {
  const pod = deployment.spec.template.spec;
  const broken = [
    ...(pod.automountServiceAccountToken === false ? [] : ['has an API token']),
    ...(pod.enableServiceLinks === false ? [] : ['has variables of Services']),
    ...(pod.hostNetwork ? ['is on the host network'] : []),
  ];
  for (const { name, image, resources, securityContext, env = [] } of [
    ...pod.containers,
    ...(pod.initContainers ?? []),
  ]) {
    const expected = {
      runAsNonRoot: true,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      privileged: false,
    };
    for (const [field, value] of Object.entries(expected)) {
      if (securityContext[field] !== value) broken.push(`${name}: ${field} is ${securityContext[field]}`);
    }
    if (!(securityContext.runAsUser > 0)) broken.push(`${name}: no user`);
    if (String(securityContext.capabilities?.drop) !== 'ALL') broken.push(`${name}: capabilities`);
    if (securityContext.seccompProfile?.type !== 'RuntimeDefault') broken.push(`${name}: seccomp`);
    for (const limit of ['cpu', 'memory']) {
      if (!resources?.requests?.[limit] || !resources?.limits?.[limit]) broken.push(`${name}: ${limit} is open`);
    }
    if (!/:v?\d+(\.\d+)+$|@sha256:/.test(image)) broken.push(`${name}: image ${image} floats`);
    for (const variable of env) {
      if (/PASSWORD/.test(variable.name) && variable.value !== undefined)
        broken.push(`${name}: ${variable.name} is text`);
    }
  }
  return broken;
}
