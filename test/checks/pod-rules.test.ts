import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { BrokerMount, KafkaCluster } from '../../lib';
import { POD_RULES } from '../../lib/checks/pod-rules';
import { describeRules } from '../support/rules';
import { faults } from '../support/synth';
import { cluster } from '../support/worlds';

const VOLUME = { name: 'data', emptyDir: {} };
const MOUNT = { name: 'data', mountPath: '/data' };

function object(chart: Chart, apiVersion: string, kind: string, spec: object): void {
  cluster(chart);
  new ApiObject(chart, 'job', { apiVersion, kind, metadata: { name: 'job' }, spec });
}

/** An object of the user's own with a pod in it. */
const workload =
  (kind: string, pod: object, apiVersion = 'apps/v1', rest: object = {}) =>
  (chart: Chart) =>
    object(chart, apiVersion, kind, { template: { spec: pod }, ...rest });

const flink = (shared: object, jobManager: object, taskManager: object) => (chart: Chart) =>
  object(chart, 'flink.apache.org/v1beta1', 'FlinkDeployment', {
    podTemplate: { spec: shared },
    jobManager: { podTemplate: { spec: jobManager } },
    taskManager: { podTemplate: { spec: taskManager } },
  });

const kafka = (kind: string, template: object) => (chart: Chart) =>
  object(chart, 'kafka.strimzi.io/v1', kind, { template });

/** A container `main` with mounts. */
const main = (...volumeMounts: object[]) => ({ name: 'main', volumeMounts });

const missing = (kind: string) =>
  `[test/job] the ${kind} 'job': container 'main' mounts the volume 'data', which its pod does not have`;
const doubled = (kind: string) => `[test/job] the ${kind} 'job': container 'main' has two mounts at /data`;
const TWICE = [MOUNT, { ...MOUNT, name: 'more' }];

/** A cluster whose brokers run `image`. */
const brokers = (image: string) => (chart: Chart) => patched(cluster(chart), JsonPatch.add('/spec/kafka/image', image));

function patched(of: KafkaCluster, patch: JsonPatch): void {
  of.apiObject.addJsonPatch(patch);
}

const floating = (image: string) =>
  [
    brokers(image),
    [`[test/my-cluster] the Kafka 'my-cluster' runs the image '${image}'`],
    brokers('quay.io:5000/strimzi/kafka:1.2.0-kafka-4.3.1'),
  ] as const;

describeRules(POD_RULES, {
  'mount-without-volume': {
    remedy: 'add the volume to the pod, or remove the mount',
    cases: [
      [
        workload('Deployment', { containers: [main(MOUNT)] }),
        [missing('Deployment')],
        workload('Deployment', { containers: [main(MOUNT)], volumes: [VOLUME] }),
      ],
      [
        workload('Job', { initContainers: [main(MOUNT)], volumes: [{ ...VOLUME, name: 'other' }] }, 'batch/v1'),
        [missing('Job')],
        workload('Job', { initContainers: [main(MOUNT)], volumes: [VOLUME] }, 'batch/v1'),
      ],
      [
        workload('StatefulSet', { containers: [main(MOUNT)] }, 'apps/v1', {
          volumeClaimTemplates: [{ metadata: { name: 'other' } }],
        }),
        [missing('StatefulSet')],
        workload('StatefulSet', { containers: [main(MOUNT)] }, 'apps/v1', {
          volumeClaimTemplates: [{ metadata: { name: 'data' } }],
        }),
      ],
      [
        (chart) => object(chart, 'v1', 'Pod', { containers: [main(MOUNT)] }),
        [missing('Pod')],
        (chart) => object(chart, 'v1', 'Pod', { containers: [main(MOUNT)], volumes: [VOLUME] }),
      ],
      [
        (chart) =>
          object(chart, 'batch/v1', 'CronJob', {
            jobTemplate: { spec: { template: { spec: { containers: [main(MOUNT)] } } } },
          }),
        [missing('CronJob')],
        (chart) =>
          object(chart, 'batch/v1', 'CronJob', {
            jobTemplate: { spec: { template: { spec: { containers: [main(MOUNT)], volumes: [VOLUME] } } } },
          }),
      ],
      [
        flink({ containers: [main(MOUNT)] }, { volumes: [VOLUME] }, {}),
        [missing('FlinkDeployment')],
        flink({ containers: [main(MOUNT)] }, { volumes: [VOLUME] }, { volumes: [VOLUME] }),
      ],
      [
        flink({}, {}, { containers: [main(MOUNT)] }),
        [missing('FlinkDeployment')],
        flink({ volumes: [VOLUME] }, {}, { containers: [main(MOUNT)] }),
      ],
      [
        kafka('KafkaConnect', { connectContainer: { volumeMounts: [MOUNT] } }),
        [
          "[test/job] the KafkaConnect 'job': container 'connectContainer' mounts the volume 'data', which its pod does not have",
        ],
        kafka('KafkaConnect', { connectContainer: { volumeMounts: [MOUNT] }, pod: { volumes: [VOLUME] } }),
      ],
      [
        (chart) =>
          patched(
            cluster(chart, { pods: { mounts: [BrokerMount.secret('settings')] } }),
            JsonPatch.remove('/spec/kafka/template/pod/volumes/0'),
          ),
        [
          "[test/my-cluster] the Kafka 'my-cluster': container 'kafkaContainer' mounts the volume 'settings', which its pod does not have",
        ],
        (chart) => cluster(chart, { pods: { mounts: [BrokerMount.secret('settings')] } }),
      ],
    ],
  },
  'two-mounts-one-path': {
    remedy: 'mount one of them elsewhere, or project both into one volume',
    cases: [
      [
        workload('Deployment', { containers: [main(...TWICE)], volumes: [VOLUME, { ...VOLUME, name: 'more' }] }),
        [doubled('Deployment')],
        workload('Deployment', {
          containers: [main(MOUNT), { ...main(MOUNT), name: 'side' }],
          volumes: [VOLUME],
        }),
      ],
      [
        flink({ volumes: [VOLUME, { ...VOLUME, name: 'more' }] }, { containers: [main(...TWICE)] }, {}),
        [doubled('FlinkDeployment')],
        flink({ volumes: [VOLUME] }, { containers: [main(MOUNT)] }, { containers: [main(MOUNT)] }),
      ],
    ],
  },
  'floating-image': {
    remedy: 'name a version or a digest',
    cases: [
      floating('quay.io/strimzi/kafka:latest'),
      floating('quay.io/strimzi/kafka'),
      floating('registry:5000/kafka'),
      floating('quay.io/strimzi/kafka:main'),
      floating('quay.io/strimzi/kafka:master'),
      floating('quay.io/strimzi/kafka:1.2-latest'),
      floating('quay.io/strimzi/kafka:latest-kafka-4.3.1'),
    ],
  },
});

test('a digest says which image it is, whatever the tag', () => {
  expect(faults(brokers(`quay.io/strimzi/kafka:latest@sha256:${'0'.repeat(64)}`))).toEqual([]);
});

test('images of objects that no construct of this library makes are the user’s', () => {
  expect(faults(workload('Deployment', { containers: [{ name: 'main', image: 'nginx' }] }))).toEqual([]);
});

test('two broker mounts at one path are reported once, by the cluster', () => {
  const mounts = [BrokerMount.secret('one', { path: '/mnt/x' }), BrokerMount.secret('two', { path: '/mnt/x' })];
  expect(faults((chart) => cluster(chart, { pods: { mounts } }))).toHaveLength(1);
});
