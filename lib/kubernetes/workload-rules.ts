import { Rule, faultIf } from '../validation/rule';
import { isDnsLabel } from './names';

/** A Deployment with a container from an image. */
export interface DeployedWorkload {
  /** The name of the Deployment. */
  readonly name: string;
  /** The image of the container. */
  readonly image: string;
}

/** Tags that point to another image every now and then. */
const FLOATING_TAG = /^(latest|main|master|nightly|edge|dev|snapshot)(-.*)?$/;

export const WORKLOAD_RULES: readonly Rule<DeployedWorkload>[] = [
  {
    id: 'workload-name',
    holds: 'The name of a workload is a DNS label, because its pods carry it as a label and its Service is called so.',
    remedy: 'use at most 63 lower-case letters, digits and dashes',
    source: 'Kubernetes 1.35, apimachinery validation (label values, names of Services)',
    faults: ({ name }) => faultIf(!isDnsLabel(name), `no workload can be named '${name}'`),
  },
  {
    id: 'workload-image',
    holds: 'An image is named by a version or a digest, so that every pod runs the same program.',
    remedy: 'add a tag that is never moved, or a digest: image@sha256:...',
    source: 'Kubernetes 1.35, "Images": avoid :latest in production; a moved tag changes pods without a rollout',
    faults: ({ image }) => {
      const tag = /:([^:/@]+)$/.exec(image)?.[1];
      const pinned = image.includes('@sha256:') || (tag !== undefined && !FLOATING_TAG.test(tag));
      return faultIf(!pinned, `the image '${image}' does not say which version to run`);
    },
  },
];
