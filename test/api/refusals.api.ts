import { ApiClient } from '../support/kubernetes/api-client';
import { writtenObject } from '../support/kubernetes/manifest-files';
import { describeApi } from './describe-api';
import { connect } from './subjects';

const KAFKA = `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata:
  name: my-cluster
  namespace: default
spec:
  kafka:
    listeners:
      - name: internal
        port: 9093
        type: internal
        tls: true
        authentication:
          type: scram-sha-512
`;

const USER = `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata:
  name: my-user
  namespace: default
spec:
  authentication:
    type: tls
    validityDays: 90
    renewalDays: 30
`;

const FLINK = `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata:
  name: my-job
  namespace: default
spec:
  flinkVersion: v2_1
  image: example.com/flink:2.1
`;

const KEYCLOAK = `
apiVersion: k8s.keycloak.org/v2beta1
kind: Keycloak
metadata:
  name: my-keycloak
  namespace: default
spec:
  instances: 1
`;

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: my-app
  namespace: default
spec:
  selector:
    matchLabels:
      app: my-app
  template:
    metadata:
      labels:
        app: my-app
    spec:
      containers:
        - name: app
          image: example.com/app:1
          env:
            - name: FIRST
              value: '1'
            - name: SECOND
              value: '2'
`;

/** A manifest that is right, what is written instead of a part of it, and what the API server says to that. */
interface Case {
  readonly what: string;
  readonly good: string;
  readonly instead: string;
  readonly write: string;
  readonly said: string;
}

const REFUSED: readonly Case[] = [
  {
    what: 'a Kafka of a version that is no longer served',
    good: KAFKA,
    instead: 'kafka.strimzi.io/v1',
    write: 'kafka.strimzi.io/v1beta2',
    said: 'no matches for kind "Kafka" in version "kafka.strimzi.io/v1beta2"',
  },
  {
    what: 'a listener with authentication by oauth',
    good: KAFKA,
    instead: 'scram-sha-512',
    write: 'oauth',
    said:
      'Kafka.kafka.strimzi.io "my-cluster" is invalid: [spec.kafka.listeners[0].authentication.type: ' +
      'Unsupported value: "oauth": supported values: "tls", "scram-sha-512", "custom", <nil>: Invalid value: null: ' +
      'some validation rules were not checked because the object was invalid; ' +
      'correct the existing errors to complete validation]',
  },
  {
    what: 'a custom resource with an unknown field',
    good: KAFKA,
    instead: '  kafka:',
    write: '  zookeeper: {}\n  kafka:',
    said: 'Kafka in version "v1" cannot be handled as a Kafka: strict decoding error: unknown field "spec.zookeeper"',
  },
  {
    what: 'a custom resource with a field that is given twice',
    good: KAFKA,
    instead: 'tls: true',
    write: 'tls: true\n        tls: false',
    said:
      'Kafka in version "v1" cannot be handled as a Kafka: strict decoding error: yaml: unmarshal errors:\n' +
      '  line 14: key "tls" already set in map',
  },
  {
    what: 'a user whose certificate would never be renewed, which a rule in CEL forbids',
    good: USER,
    instead: '    renewalDays: 30\n',
    write: '',
    said:
      'KafkaUser.kafka.strimzi.io "my-user" is invalid: spec.authentication: Invalid value: ' +
      "Both 'validityDays' and 'renewalDays' must be set together, or both must be unset.",
  },
  {
    what: 'a job of an unknown version of Flink',
    good: FLINK,
    instead: 'v2_1',
    write: 'v2_9',
    said:
      'FlinkDeployment.flink.apache.org "my-job" is invalid: spec.flinkVersion: Unsupported value: "v2_9": ' +
      'supported values: "v1_13", "v1_14", "v1_15", "v1_16", "v1_17", "v1_18", "v1_19", "v1_20", "v2_0", "v2_1", "v2_2"',
  },
  {
    what: 'a Deployment with an unknown field',
    good: DEPLOYMENT,
    instead: 'env:',
    write: 'volumeMount: []\n          env:',
    said:
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: ' +
      'unknown field "spec.template.spec.containers[0].volumeMount"',
  },
  {
    what: 'a text that is read as a number',
    good: DEPLOYMENT,
    instead: "'1'",
    write: '0o7',
    said:
      'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal number into ' +
      'Go struct field EnvVar.spec.template.spec.containers.env.value of type string',
  },
  {
    what: 'anything in a namespace that is not there',
    good: USER,
    instead: 'namespace: default',
    write: 'namespace: elsewhere',
    said: 'namespaces "elsewhere" not found',
  },
];

const WARNED: readonly Case[] = [
  {
    what: 'a Keycloak of a version that is deprecated',
    good: KEYCLOAK,
    instead: 'v2beta1',
    write: 'v2alpha1',
    said: 'Please migrate to v2beta1',
  },
  {
    what: 'a variable that is given twice',
    good: DEPLOYMENT,
    instead: 'SECOND',
    write: 'FIRST',
    said:
      'spec.template.spec.containers[0].env[1]: hides previous definition of "FIRST", ' +
      'which may be dropped when using apply',
  },
];

describeApi('the API server', () => {
  let client: ApiClient;
  beforeAll(() => {
    client = connect();
  });
  afterAll(() => client.close());

  const tryToCreate = async (text: string) => {
    const { status, warnings, body } = await client.tryToCreate(writtenObject(text));
    return { status, warnings, message: body.message };
  };
  const accepted = { status: 201, warnings: [], message: undefined };

  test.each(REFUSED)('fails: it refuses $what', async ({ good, instead, write, said }) => {
    expect(await tryToCreate(good)).toEqual(accepted);
    expect(await tryToCreate(good.replace(instead, write))).toMatchObject({ message: said });
  });

  test.each(WARNED)('fails: it warns of $what', async ({ good, instead, write, said }) => {
    expect(await tryToCreate(good)).toEqual(accepted);
    expect(await tryToCreate(good.replace(instead, write))).toEqual({ ...accepted, warnings: [said] });
  });
});
