import { KubernetesObject } from '../../tools/schema/findings';
import { SchemaCheck } from '../../tools/schema/manifests';

const definitions = process.env.CRD_DIR;
if (!definitions) console.warn('CRD_DIR is not set: the check of manifests against schemas is not tested');

const kafka = (spec: object) => ({
  apiVersion: 'kafka.strimzi.io/v1',
  kind: 'Kafka',
  metadata: { name: 'my-cluster' },
  spec: { kafka: { listeners: [{ name: 'tls', port: 9093, type: 'internal', tls: true }], ...spec } },
});
const service = (port: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'registry' },
  spec: { ports: [{ port: 8080, ...port }] },
});
const pod = (container: object) => ({
  template: {
    metadata: { labels: { app: 'registry' } },
    spec: { containers: [{ name: 'main', image: 'registry:1', ...container }] },
  },
});
const deployment = (container: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'registry' },
  spec: { selector: { matchLabels: { app: 'registry' } }, ...pod(container) },
});
const flink = (container: object) => ({
  apiVersion: 'flink.apache.org/v1beta1',
  kind: 'FlinkDeployment',
  metadata: { name: 'job' },
  spec: { flinkVersion: 'v2_1', podTemplate: pod(container).template },
});

const GOOD: Record<string, object> = {
  'a Kafka': kafka({}),
  'a Kafka with an integer where text is taken as well': kafka({ config: { 'num.partitions': 3 } }),
  'a Service': service({ targetPort: 'http' }),
  'a Deployment': deployment({ env: [{ name: 'A', value: 'b' }], resources: { limits: { cpu: '1', memory: '1Gi' } } }),
  'a FlinkDeployment': flink({ resources: { limits: { cpu: 1, memory: '1Gi' } } }),
};

const BAD: Record<string, [object, string[]]> = {
  'an unknown field of a custom resource': [kafka({ brandNew: 1 }), ["/spec/kafka: unknown field 'brandNew'"]],
  'a version that the operator no longer serves': [
    { ...kafka({}), apiVersion: 'kafka.strimzi.io/v1beta2' },
    ['no schema of Kafka (kafka.strimzi.io/v1beta2): it is not served'],
  ],
  'a value outside an enum': [
    kafka({
      listeners: [{ name: 'oauth', port: 9094, type: 'internal', tls: true, authentication: { type: 'oauth' } }],
    }),
    ['/spec/kafka/listeners/0/authentication/type: must be one of ["tls","scram-sha-512","custom"]'],
  ],
  'a value that does not match a pattern': [
    kafka({ listeners: [{ name: 'TLS', port: 9093, type: 'internal', tls: true }] }),
    ['/spec/kafka/listeners/0/name: must match pattern "^[a-z0-9]{1,11}$"'],
  ],
  'a missing field': [
    kafka({ listeners: [{ name: 'tls', port: 9093, type: 'internal' }] }),
    ["/spec/kafka/listeners/0: must have required property 'tls'"],
  ],
  'an unknown field in the pods of a custom resource': [
    flink({ volumeMount: [] }),
    ["/spec/podTemplate/spec/containers/0: unknown field 'volumeMount'"],
  ],
  'an unknown field of a Deployment': [
    deployment({ volumeMount: [] }),
    ["/spec/template/spec/containers/0: unknown field 'volumeMount'"],
  ],
  'a wrong type': [service({ port: 'http' }), ['/spec/ports/0/port: must be integer']],
  'a wrong enum of Kubernetes': [
    service({ protocol: 'tcp' }),
    ['/spec/ports/0/protocol: must be equal to one of the allowed values'],
  ],
  'an unknown field of the metadata of a custom resource': [
    { ...kafka({}), metadata: { name: 'my-cluster', nameSpace: 'flink' } },
    ["/metadata: unknown field 'nameSpace'"],
  ],
  'an object without a name': [{ ...service({}), metadata: {} }, ['/metadata: has no name']],
  'a kind that nobody serves': [
    { apiVersion: 'apps/v1', kind: 'Deploiment', metadata: { name: 'x' } },
    ['no schema of Deploiment (apps/v1): it is not served'],
  ],
};

(definitions ? describe : describe.skip)('schema check', () => {
  let schemas: SchemaCheck;
  beforeAll(() => {
    schemas = new SchemaCheck(definitions ?? '');
  });

  test.each(Object.entries(GOOD))('accepts %s', (_, object) => {
    expect(schemas.object(object as KubernetesObject)).toEqual([]);
  });

  test.each(Object.entries(BAD))('fails on %s', (_, [object, faults]) => {
    expect(schemas.object(object as KubernetesObject)).toEqual(faults);
  });
});
