import { AppObject } from './app-model';
import { Fields, fieldsAt, listAt, textAt } from './fields';

/** The containers and volumes of pods that an object describes. */
export interface PodTemplate {
  readonly containers: readonly PodContainer[];
  readonly volumes: readonly Fields[];
  /** The names of everything that can be mounted. */
  readonly volumeNames: readonly string[];
}

/** A container of a pod, also of those that run before the others. */
export interface PodContainer {
  readonly name: string;
  readonly fields: Fields;
}

const WORKLOADS: Record<string, readonly string[]> = {
  Pod: ['spec'],
  Deployment: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

const STRIMZI_COMPONENTS: Record<string, readonly (readonly string[])[]> = {
  Kafka: [
    ['spec', 'kafka', 'template'],
    ['spec', 'entityOperator', 'template'],
  ],
  KafkaConnect: [['spec', 'template']],
  KafkaBridge: [['spec', 'template']],
  KafkaMirrorMaker2: [['spec', 'template']],
};

/** The pods that an object describes, as far as it says what is in them. */
export function podTemplatesOf({ apiGroup, kind, manifest }: AppObject): PodTemplate[] {
  if (!manifest) return [];
  if (apiGroup === 'kafka.strimzi.io')
    return (STRIMZI_COMPONENTS[kind] ?? []).map((path) => strimziTemplate(fieldsAt(manifest, ...path)));
  if (apiGroup === 'flink.apache.org') return flinkTemplates(manifest);
  if (apiGroup === 'milvus.io') return [milvusTemplate(fieldsAt(manifest, 'spec', 'components'))];
  if (apiGroup === 'registry.apicur.io')
    return [podTemplate([fieldsAt(manifest, 'spec', 'app', 'podTemplateSpec', 'spec')], [])];
  if (!['core', 'apps', 'batch'].includes(apiGroup) || !(kind in WORKLOADS)) return [];
  const claims = listAt(manifest, 'spec', 'volumeClaimTemplates').map(
    (claim) => textAt(claim, 'metadata', 'name') ?? '',
  );
  return [podTemplate([fieldsAt(manifest, ...WORKLOADS[kind])], claims)];
}

/** The operator merges the template of each role into the one that both share. */
function flinkTemplates(manifest: Fields): PodTemplate[] {
  const shared = fieldsAt(manifest, 'spec', 'podTemplate', 'spec');
  return ['jobManager', 'taskManager'].map((role) =>
    podTemplate([shared, fieldsAt(manifest, 'spec', role, 'podTemplate', 'spec')], []),
  );
}

function podTemplate(specs: readonly Fields[], claims: readonly string[]): PodTemplate {
  const volumes = specs.flatMap((spec) => listAt(spec, 'volumes'));
  const containers = specs.flatMap((spec) => [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')]);
  return {
    containers: containers.map((fields) => ({ name: textAt(fields, 'name') ?? '', fields })),
    volumes,
    volumeNames: [...volumes.map((volume) => textAt(volume, 'name') ?? ''), ...claims],
  };
}

/** What all pods of a Milvus have in common. */
function milvusTemplate(components: Fields): PodTemplate {
  const initContainers = Object.values(components).flatMap((part) => listAt(part, 'initContainers'));
  return podTemplate([{ ...components, containers: [{ ...components, name: 'milvus' }], initContainers }], []);
}

/** Strimzi's templates describe each container under a field of its own, such as `kafkaContainer`. */
function strimziTemplate(template: Fields): PodTemplate {
  const volumes = listAt(template, 'pod', 'volumes');
  return {
    containers: Object.keys(template)
      .filter((field) => field.endsWith('Container'))
      .map((name) => ({ name, fields: fieldsAt(template, name) })),
    volumes,
    volumeNames: volumes.map((volume) => textAt(volume, 'name') ?? ''),
  };
}
