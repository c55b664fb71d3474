import { SizeRoundingBehavior } from 'cdk8s';
import { Rule, faultIf } from '../../validation/rule';
import type { FlinkDeployment } from './flink-deployment';
import { FlinkProcessResources, renderFlinkConfiguration } from './flink-job-settings';
import { isLiteralSecret, secretFaults } from './flink-secrets';

const VALIDATOR = 'Flink Kubernetes operator 1.15.0, .../validation/DefaultValidator.java';
const JOB_NAME = /^[a-z]([-a-z0-9]{0,43}[a-z0-9])?$/;

/** What the CRD takes, without the versions whose checkpoint settings have older names. */
const SERVED_VERSIONS = ['v1_20', 'v2_0', 'v2_1', 'v2_2'];

/** What the runner's images contain. */
const RUNNER_VERSIONS: Readonly<Record<string, string>> = {
  '0.1.0': 'v1_20',
  '0.2.0': 'v2_0',
  '0.3.0': 'v2_0',
  '0.4.0': 'v2_1',
};

/** The least memory, in MiB, of which Flink's defaults leave a process something to work with. */
const LEAST_MEMORY = { jobManager: 704, taskManager: 768 };

/** Settings that are not for the user to make, and what to use instead. */
const OWNED_SETTINGS: readonly (readonly [RegExp, string])[] = [
  [/^kubernetes\.(namespace|cluster-id)$|^high-availability\.cluster-id$/, 'the operator sets it'],
  [/^\$internal\./, 'Flink sets it'],
  [
    /^kubernetes\.(service-account|(jobmanager|taskmanager)\.service-account)$/,
    'the job has a service account of its own',
  ],
  [
    /^kubernetes\.(container\.image(\.ref)?|pod-template-file.*)$/,
    'the image and the pod template follow from the job',
  ],
  [/^kubernetes\.(jobmanager|taskmanager)\.cpu(\.amount)?$/, 'use jobManager and taskManager'],
  [/^(jobmanager|taskmanager)\.memory\.process\.size$/, 'use jobManager and taskManager'],
  [/^taskmanager\.numberOfTaskSlots$/, 'use taskSlots'],
  [/^parallelism\.default$/, 'use parallelism'],
  [/^(execution\.checkpointing\.(interval|dir)|state\.checkpoints\.dir)$/, 'use checkpointing'],
  [/^(execution\.checkpointing\.savepoint-dir|state\.savepoints\.dir)$/, 'use upgrade: FlinkUpgrade.savepoint()'],
  [/^high-availability(\.type|\.storageDir)?$/, 'use upgrade: FlinkUpgrade.lastState()'],
];

export const FLINK_DEPLOYMENT_RULES: readonly Rule<FlinkDeployment>[] = [
  {
    id: 'flink-name',
    holds: 'A job has a name of at most 45 lower-case letters, digits and dashes that begins with a letter.',
    remedy: "choose a name such as 'sales-etl'",
    source: VALIDATOR,
    faults: ({ jobName }) => faultIf(!JOB_NAME.test(jobName), `no Flink job can be named '${jobName}'`),
  },
  {
    id: 'flink-version',
    holds: 'The operator runs the version of Flink.',
    remedy: `use ${SERVED_VERSIONS.join(', ')}`,
    source: 'Flink Kubernetes operator 1.15.0, CRD flinkdeployments (enum of spec.flinkVersion)',
    faults: ({ jobName, flinkVersion }) =>
      faultIf(
        !SERVED_VERSIONS.includes(flinkVersion.value),
        `job '${jobName}' is for Flink ${flinkVersion.value}, which is not served`,
      ),
  },
  {
    id: 'flink-image-version',
    holds: 'The image contains the version of Flink that the operator is told.',
    remedy: 'give the flinkVersion of the image',
    source: 'Flink Kubernetes operator 1.15.0: it renders configuration and commands for spec.flinkVersion',
    faults: ({ jobName, image, flinkVersion }) => {
      const contained = versionInImage(image);
      return faultIf(
        contained !== undefined && contained !== flinkVersion.value,
        `job '${jobName}' is for Flink ${flinkVersion.value}, its image ${image} contains ${contained}`,
      );
    },
  },
  {
    id: 'flink-parallelism',
    holds: 'A job has a parallelism, and its TaskManagers slots: whole numbers, 1 or more.',
    remedy: 'give a whole number, 1 or more',
    source: VALIDATOR + ' ("Job parallelism must be larger than 0")',
    faults: ({ jobName, settings: { parallelism, taskSlots } }) => [
      ...faultIf(!isCount(parallelism), `job '${jobName}' cannot have a parallelism of ${parallelism}`),
      ...faultIf(!isCount(taskSlots), `TaskManagers of job '${jobName}' cannot have ${taskSlots} slots`),
    ],
  },
  {
    id: 'flink-resources',
    holds: 'JobManager and TaskManager get processor time, and whole mebibytes of memory that Flink can work with.',
    remedy: `give cpu above 0 and memory of at least ${LEAST_MEMORY.jobManager} MiB for the JobManager, ${LEAST_MEMORY.taskManager} MiB for TaskManagers`,
    source: VALIDATOR + '; Apache Flink 2.1, default sizes of JVM metaspace, overhead, network and framework memory',
    faults: ({ jobName, settings }) => [
      ...resourceFaults(`the JobManager of job '${jobName}'`, settings.jobManager, LEAST_MEMORY.jobManager),
      ...resourceFaults(`a TaskManager of job '${jobName}'`, settings.taskManager, LEAST_MEMORY.taskManager),
    ],
  },
  {
    id: 'flink-checkpointing',
    holds: 'Checkpoints are at least 10 milliseconds apart.',
    remedy: 'give a longer interval, such as Duration.minutes(1)',
    source: 'Apache Flink 2.1, CheckpointConfig.setCheckpointInterval',
    faults: ({ jobName, settings: { checkpointing } }) => {
      const interval = checkpointing?.interval.toMilliseconds() ?? 10;
      return faultIf(interval < 10, `job '${jobName}' cannot save its state every ${interval} ms`);
    },
  },
  {
    id: 'flink-upgrade-directories',
    holds: 'A job that keeps its state when it is replaced has checkpoints, and folders for all it keeps.',
    remedy:
      "give checkpointing: { interval, directory: 's3://...' } and the upgrade a folder, or use FlinkUpgrade.stateless()",
    source: VALIDATOR + ' ("Checkpoint directory must be defined for last-state and savepoint upgrade modes")',
    faults: ({ jobName, settings: { checkpointing, upgrade } }) => {
      const details = upgrade._details;
      if (details.mode === 'stateless') return [];
      const own = details.mode === 'savepoint' ? details.directory : details.highAvailabilityDirectory;
      return [
        ...faultIf(
          !checkpointing?.directory,
          `job '${jobName}' is upgraded by ${details.mode}, and has no folder for checkpoints`,
        ),
        ...faultIf(own.trim() === '', `job '${jobName}' is upgraded by ${details.mode}, and has no folder for it`),
      ];
    },
  },
  {
    id: 'flink-configuration',
    holds: 'Settings of Flink are not the operator’s or made by a property of the job.',
    remedy: 'leave it out of flinkConfiguration',
    source: VALIDATOR + ' ("Forbidden Flink config key")',
    faults: ({ jobName, settings: { given } }) =>
      Object.keys(given).flatMap((key) =>
        OWNED_SETTINGS.filter(([owned]) => owned.test(key)).map(
          ([, instead]) => `job '${jobName}' sets ${key}: ${instead}`,
        ),
      ),
  },
  {
    id: 'flink-configuration-secret',
    holds: 'No setting of Flink is a secret: everybody who may read the FlinkDeployment sees it.',
    remedy: 'have the program read it from a file that is mounted from a Secret',
    source: 'Apache Flink 2.1, GlobalConfiguration.SENSITIVE_KEYS',
    faults: ({ jobName, settings }) =>
      Object.entries(renderFlinkConfiguration(settings))
        .filter(([key, value]) => isLiteralSecret(key, value) || secretFaults(value).length > 0)
        .map(([key]) => `job '${jobName}' sets ${key} to a value in clear`),
  },
  {
    id: 'flink-connection-namespace',
    holds: 'The connections of a job are for clients in its namespace.',
    remedy: 'make the connection with the namespace of the job',
    source:
      'Kubernetes 1.35: a pod mounts Secrets of its own namespace, and a NetworkPolicy names the namespace of its peers',
    faults: ({ jobName, namespace, connections }) =>
      connections()
        .filter((connection) => connection.namespace !== namespace)
        .map(
          (connection) =>
            `job '${jobName}' is in namespace '${namespace}', its connection '${connection.node.id}' in '${connection.namespace}'`,
        ),
  },
];

/** The version of Flink in an image of Flink or of the SQL runner; none if the name does not tell. */
function versionInImage(image: string): string | undefined {
  const runner = /(?:^|\/)flink-sql-runner:([^@]+)/.exec(image)?.[1];
  if (runner !== undefined) return RUNNER_VERSIONS[runner];
  const flink = /(?:^|\/)flink:(\d+)\.(\d+)/.exec(image);
  return flink ? `v${flink[1]}_${flink[2]}` : undefined;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

function resourceFaults(process: string, { cpu, memory }: FlinkProcessResources, least: number): string[] {
  const mebibytes = memory.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
  return [
    ...faultIf(!Number.isFinite(cpu) || cpu <= 0, `${process} cannot have ${cpu} processors`),
    ...faultIf(!Number.isInteger(mebibytes), `${process} cannot have ${mebibytes} MiB, which is not whole`),
    ...faultIf(mebibytes < least, `${process} cannot work with ${mebibytes} MiB`),
  ];
}
