import { ApiObject, Lazy, SizeRoundingBehavior } from 'cdk8s';
import { Construct } from 'constructs';
import { ClientFiles } from '../../connection/client-files';
import { CLIENT_FILES_RULES } from '../../connection/client-files-rules';
import { KafkaConnection } from '../../connection/kafka-connection';
import { renderPodFiles } from '../../connection/pod-files';
import { literalEnvValue } from '../../kubernetes/env-value';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../../kubernetes/hardening';
import { PLACE_RULES } from '../../kubernetes/place';
import { WORKLOAD_RULES } from '../../kubernetes/workload-rules';
import { NetworkPeer } from '../../kubernetes/network-peer';
import { enforce, messagesOf } from '../../validation/rule';
import { FLINK_DEPLOYMENT_RULES } from './flink-deployment-rules';
import { FlinkJobSettings, FlinkProcessResources, renderFlinkConfiguration } from './flink-job-settings';
import { FlinkVersion } from './flink-version';

/** The program of a job. */
export interface FlinkProgram {
  readonly jarUri: string;
  readonly entryClass?: string;
  readonly args?: readonly string[];
}

/** A job as a FlinkDeployment needs it. What can still grow is asked for when the manifest is written. */
export interface FlinkDeployment {
  readonly jobName: string;
  readonly namespace: string;
  readonly image: string;
  readonly flinkVersion: FlinkVersion;
  readonly program: FlinkProgram;
  readonly settings: FlinkJobSettings;
  readonly environment: () => Readonly<Record<string, string>>;
  readonly connections: () => readonly KafkaConnection[];
  readonly files: () => ClientFiles;
  readonly peers: () => readonly NetworkPeer[];
}

/** The user and group that Flink's images are made for. Their USER is a name, which runAsNonRoot cannot check. */
const FLINK_USER = 9999;

const REST_PORT = 8081;

const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

/** The labels that the pods of a job carry, besides Flink's own. */
export function flinkPodLabels(jobName: string): { [key: string]: string } {
  return { 'app.kubernetes.io/name': jobName };
}

/** Adds the FlinkDeployment, its service account with its rights, and its NetworkPolicy. Gives the FlinkDeployment. */
export function addFlinkDeployment(scope: Construct, job: FlinkDeployment): ApiObject {
  const metadata = { name: job.jobName, namespace: job.namespace };
  const deployment = new ApiObject(scope, 'Resource', {
    apiVersion: 'flink.apache.org/v1beta1',
    kind: 'FlinkDeployment',
    metadata,
    spec: Lazy.any({ produce: () => renderSpec(job) }) as object,
  });
  addServiceAccount(scope, metadata);
  new ApiObject(scope, 'NetworkPolicy', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: Lazy.any({ produce: () => renderPolicy(job) }) as object,
  });
  enforce(scope, PLACE_RULES, job);
  enforce(scope, FLINK_DEPLOYMENT_RULES, job);
  // The name of a FlinkDeployment has narrower limits than that of a workload, and a rule of its own.
  enforce(
    scope,
    WORKLOAD_RULES.filter(({ id }) => id === 'workload-image'),
    { name: job.jobName, image: job.image },
  );
  scope.node.addValidation({ validate: () => messagesOf(CLIENT_FILES_RULES, job.files()) });
  return deployment;
}

/**
 * The JobManager starts TaskManagers, so its service account may handle pods; Secrets it may not even name, because
 * pods get them by mounts.
 *
 * @see Flink Kubernetes operator 1.15.0, helm/flink-kubernetes-operator/templates (jobRbacRules)
 */
function addServiceAccount(scope: Construct, metadata: { readonly name: string; readonly namespace: string }): void {
  new ApiObject(scope, 'ServiceAccount', { apiVersion: 'v1', kind: 'ServiceAccount', metadata });
  new ApiObject(scope, 'Role', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata,
    rules: [
      { apiGroups: [''], resources: ['pods', 'configmaps'], verbs: VERBS },
      { apiGroups: ['apps'], resources: ['deployments', 'deployments/finalizers'], verbs: VERBS },
    ],
  });
  new ApiObject(scope, 'RoleBinding', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
    subjects: [{ kind: 'ServiceAccount', ...metadata }],
  });
}

function renderSpec(job: FlinkDeployment): object {
  const { settings, program } = job;
  return {
    image: job.image,
    flinkVersion: job.flinkVersion.value,
    mode: 'native',
    serviceAccount: job.jobName,
    flinkConfiguration: renderFlinkConfiguration(settings),
    // Both roles get one template: with the files in the JobManager alone the job would start and then fail, and the
    // operator merges lists of per-role templates into this one by position.
    podTemplate: renderPod(job),
    jobManager: { replicas: 1, resource: renderResources(settings.jobManager) },
    taskManager: { resource: renderResources(settings.taskManager) },
    job: {
      jarURI: program.jarUri,
      ...(program.entryClass === undefined ? {} : { entryClass: program.entryClass }),
      ...(program.args && program.args.length > 0 ? { args: program.args } : {}),
      parallelism: settings.parallelism,
      upgradeMode: settings.upgrade._details.mode,
    },
  };
}

function renderPod(job: FlinkDeployment): object {
  const { volumes, volumeMounts, initContainers } = renderPodFiles(job.files(), job.image, FLINK_USER);
  const env = Object.entries(job.environment()).map(([name, value]) => ({ name, value: literalEnvValue(value) }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { labels: flinkPodLabels(job.jobName) },
    spec: {
      securityContext: { ...RESTRICTED_POD, runAsUser: FLINK_USER, runAsGroup: FLINK_USER, fsGroup: FLINK_USER },
      ...(initContainers.length > 0 ? { initContainers } : {}),
      containers: [
        {
          name: 'flink-main-container',
          // The root file system stays writable: the image's entrypoint edits Flink's configuration in place.
          securityContext: RESTRICTED_CONTAINER,
          ...(env.length > 0 ? { env } : {}),
          ...(volumeMounts.length > 0 ? { volumeMounts } : {}),
        },
      ],
      ...(volumes.length > 0 ? { volumes } : {}),
    },
  };
}

/** Memory in Flink's notation, in which `m` means mebibytes. */
function renderResources({ cpu, memory }: FlinkProcessResources): object {
  return { cpu, memory: `${memory.toMebibytes({ rounding: SizeRoundingBehavior.NONE })}m` };
}

/**
 * The pods of a job talk to each other on ports that are partly random; from outside only the REST port is needed.
 *
 * @see Apache Flink 2.1, taskmanager.data.port, metrics.internal.query-service.port, taskmanager.collect-sink.port
 */
function renderPolicy({ jobName, namespace, peers }: FlinkDeployment): object {
  const podSelector = { matchLabels: flinkPodLabels(jobName) };
  const operator = {
    namespaceSelector: {},
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'flink-kubernetes-operator' } },
  };
  return {
    podSelector,
    policyTypes: ['Ingress'],
    ingress: [
      { from: [{ podSelector }] },
      {
        from: [operator, ...peers().map((peer) => peer._render(namespace))],
        ports: [{ port: REST_PORT, protocol: 'TCP' }],
      },
    ],
  };
}
