import { AppModel, AppObject } from './app-model';
import { listAt, textAt } from './fields';
import { PodContainer, PodTemplate, podTemplatesOf } from './pod-templates';
import { repeated } from '../validation/rule';
import { Finding, TreeRule } from './tree-rule';

const FLOATING_TAG = /^(latest|main|master|latest-.*|.*-latest)$/;

/** Where custom resources name the image that their operator runs. */
const IMAGE_FIELDS = [
  ['spec', 'image'],
  ['spec', 'kafka', 'image'],
];

export const POD_RULES: readonly TreeRule[] = [
  {
    id: 'mount-without-volume',
    holds: 'Every mount of a container is of a volume that its pod has.',
    remedy: 'add the volume to the pod, or remove the mount',
    mayFollow: true,
    source: 'Kubernetes 1.35, pkg/apis/core/validation (volumeMounts[].name: Not found); Flink pods are never created',
    findings: (app) =>
      eachContainer(app, (container, template) =>
        listAt(container.fields, 'volumeMounts')
          .map((mount) => textAt(mount, 'name') ?? '')
          .filter((volume) => !template.volumeNames.includes(volume))
          .map((volume) => `container '${container.name}' mounts the volume '${volume}', which its pod does not have`),
      ),
  },
  {
    id: 'two-mounts-one-path',
    holds: 'No two volumes are mounted at one path of a container.',
    remedy: 'mount one of them elsewhere, or project both into one volume',
    mayFollow: true,
    source: 'Kubernetes 1.35, pkg/apis/core/validation (volumeMounts[].mountPath: must be unique)',
    findings: (app) =>
      eachContainer(app, (container) =>
        repeated(listAt(container.fields, 'volumeMounts').map((mount) => textAt(mount, 'mountPath') ?? '')).map(
          (path) => `container '${container.name}' has two mounts at ${path}`,
        ),
      ),
  },
  {
    id: 'floating-image',
    holds: 'Images have a tag or digest that means the same tomorrow.',
    remedy: 'name a version or a digest',
    mayFollow: true,
    source: 'Kubernetes 1.35, "Images": latest, main or no tag make it hard to tell what runs and to go back',
    findings: (app) =>
      app.objects
        .filter(({ ours }) => ours)
        .flatMap((object) =>
          imagesOf(object)
            .filter(isFloating)
            .map((image) => ({
              construct: object.construct,
              fault: `the ${object.kind} '${object.name}' runs the image '${image}'`,
            })),
        ),
  },
];

function eachContainer(app: AppModel, faults: (container: PodContainer, template: PodTemplate) => string[]): Finding[] {
  return app.objects.flatMap((object) =>
    podTemplatesOf(object).flatMap((template) =>
      template.containers.flatMap((container) =>
        faults(container, template).map((fault) => ({
          construct: object.construct,
          fault: `the ${object.kind} '${object.name}': ${fault}`,
        })),
      ),
    ),
  );
}

function imagesOf(object: AppObject): string[] {
  return [
    ...IMAGE_FIELDS.map((path) => textAt(object.manifest, ...path)),
    ...podTemplatesOf(object).flatMap(({ containers }) => containers.map(({ fields }) => textAt(fields, 'image'))),
  ].filter((image) => image !== undefined);
}

function isFloating(image: string): boolean {
  if (image.includes('@')) return false;
  // What is before the last slash may have a colon too: the port of a registry.
  const tag = image.slice(image.lastIndexOf('/') + 1).split(':')[1];
  return tag === undefined || FLOATING_TAG.test(tag);
}
