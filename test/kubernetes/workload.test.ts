import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { addDeployment, containerResources, literalEnvironment } from '../../lib/kubernetes/workload';
import { addWorkloadPolicy } from '../../lib/kubernetes/workload-policy';
import { DeployedWorkload, WORKLOAD_RULES } from '../../lib/kubernetes/workload-rules';
import { messagesOf } from '../../lib/validation/rule';
import { find, synth } from '../support/synth';

const IMAGE = 'quay.io/example/program:1.0.0';
const LABELS = { app: 'program' };

test('the pods of a Deployment have just the labels that select them, and no hash', () => {
  const manifests = synth((chart) => {
    addDeployment(chart, {
      name: 'program',
      namespace: 'tools',
      labels: LABELS,
      replicas: 2,
      user: 1001,
      container: { name: 'main', image: IMAGE },
      initContainers: [],
    });
  });
  const { metadata, spec } = find(manifests, 'Deployment');
  expect(metadata).toEqual({ name: 'program', namespace: 'tools', labels: LABELS });
  expect(spec.selector).toEqual({ matchLabels: LABELS });
  expect(spec.template.metadata.labels).toEqual(LABELS);
});

test('variables are written so that Kubernetes reads them as they were', () => {
  const variables = literalEnvironment({ HOME_OF: '$(HOME)', FILE: '\\${dir:/opt/user:user.crt}' });
  expect(variables.HOME_OF.value).toBe('$$(HOME)');
  expect(variables.FILE.value).toBe('\\${dir:/opt/user:user.crt}');
});

test('memory that is no whole number of mebibytes is rounded down', () => {
  const resources = containerResources({
    cpuRequest: Cpu.millis(1),
    cpuLimit: Cpu.millis(2),
    memory: Size.kibibytes(2000),
  });
  expect(resources.memory?.limit?.toMebibytes()).toBe(1);
  expect(resources.memory?.request?.toMebibytes()).toBe(1);
});

test('a policy without peers lets nobody in, although it has a port', () => {
  const manifests = synth((chart) => {
    addWorkloadPolicy(chart, { name: 'program', namespace: 'tools', labels: LABELS, port: 8443, peers: () => [] });
  });
  expect(find(manifests, 'NetworkPolicy').spec).toEqual({
    podSelector: { matchLabels: LABELS },
    policyTypes: ['Ingress'],
  });
});

describe('rules about workloads', () => {
  const PIN = 'add a tag that is never moved, or a digest: image@sha256:...';
  const CASES: Record<string, [DeployedWorkload, string]> = {
    'workload-name': [
      { name: 'My_Registry', image: IMAGE },
      "no workload can be named 'My_Registry'; use at most 63 lower-case letters, digits and dashes (workload-name)",
    ],
    'workload-image': [
      { name: 'registry', image: 'quay.io/example/program:latest' },
      `the image 'quay.io/example/program:latest' does not say which version to run; ${PIN} (workload-image)`,
    ],
  };

  test.each(Object.entries(CASES))('fails by %s', (_, [workload, message]) => {
    expect(messagesOf(WORKLOAD_RULES, workload)).toEqual([message]);
  });

  test('every rule has a case', () => expect(Object.keys(CASES)).toEqual(WORKLOAD_RULES.map(({ id }) => id)));

  test.each([
    ['quay.io/example/program', 1],
    ['registry.example.com:5000/program', 1],
    ['quay.io/example/program:main', 1],
    ['quay.io/example/program:latest-release', 1],
    ['registry.example.com:5000/program:1.0.0', 0],
    [`quay.io/example/program@sha256:${'0'.repeat(64)}`, 0],
    [`quay.io/example/program:main@sha256:${'0'.repeat(64)}`, 0],
  ])('image %s has %d faults', (image, count) => {
    expect(messagesOf(WORKLOAD_RULES, { name: 'program', image })).toHaveLength(count);
  });
});
