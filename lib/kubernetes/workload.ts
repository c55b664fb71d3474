import { ApiObject, JsonPatch, Size, SizeRoundingBehavior } from 'cdk8s';
import {
  Capability,
  ContainerProps,
  ContainerResources,
  Deployment,
  DeploymentStrategy,
  EnvValue,
  ImagePullPolicy,
  LabelSelector,
  PodManagementPolicy,
  SeccompProfileType,
  Service,
  StatefulSet,
  Volume,
  VolumeMount,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { literalEnvValue } from './env-value';
import { ResourceProps } from './resources';

/** A container before it is hardened. */
export type PlainContainer = Omit<ContainerProps, 'securityContext' | 'imagePullPolicy'>;

/** A Deployment of one container and what prepares its files. */
export interface WorkloadProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [key: string]: string };
  readonly replicas: number;
  readonly strategy?: DeploymentStrategy;
  /** The user that all containers run as. */
  readonly user: number;
  readonly container: PlainContainer;
  readonly initContainers: readonly PlainContainer[];
}

/**
 * The labels by which Services and NetworkPolicies know the pods of a workload.
 *
 * Both are needed: Strimzi's pods carry `app.kubernetes.io/` labels too, and a name alone could be that of a cluster.
 */
export function workloadLabels(application: string, name: string): { [key: string]: string } {
  return { 'app.kubernetes.io/name': application, 'app.kubernetes.io/instance': name };
}

/** Adds a Deployment whose pods have no API token, no root and no writable file but what is mounted. */
export function addDeployment(scope: Construct, props: WorkloadProps): Deployment {
  const { name, namespace, labels, replicas, strategy, user } = props;
  const deployment = new Deployment(scope, 'Deployment', {
    metadata: { name, namespace, labels },
    podMetadata: { labels },
    replicas,
    strategy,
    select: false,
    containers: [hardened(props.container, user)],
    initContainers: props.initContainers.map((container) => hardened(container, user)),
  });
  deployment.select(LabelSelector.of({ labels }));
  unlinked(ApiObject.of(deployment));
  return deployment;
}

/** A StatefulSet of one container and what prepares its files, and the headless Service that names its pods. */
export interface NamedPodsProps extends Omit<WorkloadProps, 'strategy'> {
  readonly service: Service;
}

/** Adds a StatefulSet without data, for pods that others have to know by name; hardened as a Deployment is. */
export function addNamedPods(scope: Construct, props: NamedPodsProps): StatefulSet {
  const { name, namespace, labels, replicas, service, user } = props;
  const statefulSet = new StatefulSet(scope, 'StatefulSet', {
    metadata: { name, namespace, labels },
    podMetadata: { labels },
    replicas,
    service,
    podManagementPolicy: PodManagementPolicy.PARALLEL,
    select: false,
    containers: [hardened(props.container, user)],
    initContainers: props.initContainers.map((container) => hardened(container, user)),
  });
  statefulSet.select(LabelSelector.of({ labels }));
  ApiObject.of(service).addJsonPatch(JsonPatch.replace('/spec/selector', labels));
  unlinked(ApiObject.of(statefulSet));
  return statefulSet;
}

function unlinked(workload: ApiObject): void {
  workload.addJsonPatch(
    // A Service called kafka would put variables such as KAFKA_PORT into the pod, which clients take for settings.
    JsonPatch.add('/spec/template/spec/enableServiceLinks', false),
    // cdk8s-plus's own label is a hash of the construct's path; nothing here selects by it.
    JsonPatch.remove('/spec/template/metadata/labels/cdk8s.io~1metadata.addr'),
  );
}

/** The container as the "restricted" Pod Security Standard asks for, with a read-only root file system. */
export function hardened(container: PlainContainer, user?: number): ContainerProps {
  return {
    ...container,
    imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
    securityContext: {
      user,
      ensureNonRoot: true,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: [Capability.ALL] },
      seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
    },
  };
}

/** The resources of a container in the terms of cdk8s-plus, which knows whole mebibytes only. */
export function containerResources({ cpuRequest, cpuLimit, memory }: ResourceProps): ContainerResources {
  const size = Size.mebibytes(memory.toMebibytes({ rounding: SizeRoundingBehavior.FLOOR }));
  return { cpu: { request: cpuRequest, limit: cpuLimit }, memory: { request: size, limit: size } };
}

/** A writable `/tmp`, which most programs need beside a read-only root file system. */
export function temporaryFolder(scope: Construct, sizeLimit: Size): VolumeMount {
  return { path: '/tmp', volume: Volume.fromEmptyDir(scope, 'tmp', 'tmp', { sizeLimit }) };
}

/** Environment variables that have exactly these values. */
export function literalEnvironment(values: { [variable: string]: string }): { [variable: string]: EnvValue } {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, EnvValue.fromValue(literalEnvValue(value))]),
  );
}
