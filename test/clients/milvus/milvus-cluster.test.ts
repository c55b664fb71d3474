import { Chart, JsonPatch } from 'cdk8s';
import { parse } from 'yaml';
import { TrustedCertificates, KafkaConnection, MilvusHelmValues } from '../../../lib';
import { Manifest, faults, find, synth } from '../../support/synth';
import { World } from '../world';
import { PLAIN, cluster, helm, sasl } from './milvus-world';

const PARTS = ['proxy', 'mixCoord', 'dataNode', 'queryNode', 'streamingNode'];

/** A connection by mutual TLS that trusts one certificate, for those who cannot put several together. */
function byOneCertificate(chart: Chart): KafkaConnection {
  const world = new World(chart);
  return new KafkaConnection(chart, 'connection', {
    listener: world.listener,
    user: world.user('milvus-user'),
    trust: TrustedCertificates.fromSecret('my-cluster-cluster-ca-cert', 'ca.crt'),
  });
}

describe('the Milvus resource', () => {
  const milvus = (build: (chart: Chart) => unknown): Manifest => find(synth(build), 'Milvus');

  test('has no fault', () => {
    expect(faults((chart) => cluster(chart))).toEqual([]);
  });

  test('leaves Kafka to the settings, so that the operator neither probes it nor copies a password', () => {
    const { spec } = milvus((chart) =>
      cluster(chart, {
        connection: sasl(chart, PLAIN),
        dependencies: { etcd: { external: true, endpoints: ['e:2379'] } },
      }),
    );
    expect(spec.mode).toBe('cluster');
    expect(spec.dependencies).toEqual({ msgStreamType: 'custom', etcd: { external: true, endpoints: ['e:2379'] } });
    expect(spec.config).toMatchObject({
      mq: { type: 'kafka' },
      kafka: { saslUsername: 'milvus', saslMechanisms: 'PLAIN', securityProtocol: 'SASL_SSL' },
    });
    expect(spec.components.env).toEqual([
      { name: 'KAFKA_SASLPASSWORD', valueFrom: { secretKeyRef: { name: 'kafka-login', key: 'password' } } },
    ]);
  });

  test('has the files in all pods, and puts the certificates together in each part', () => {
    const { components } = milvus((chart) => cluster(chart)).spec;
    expect(components.volumeMounts.map(({ mountPath }: any) => mountPath)).toEqual([
      '/opt/milvus-user',
      '/opt/my-cluster-cluster-ca-cert',
    ]);
    expect(PARTS.map((part) => components[part].initContainers[0].name)).toEqual(
      PARTS.map(() => 'trust-my-cluster-cluster-ca-cert'),
    );
    expect(components.env).toBeUndefined();
  });

  test('may be one process', () => {
    const { mode, components } = milvus((chart) => cluster(chart, { standalone: true })).spec;
    expect(mode).toBe('standalone');
    expect(Object.keys(components).sort()).toEqual(['image', 'standalone', 'volumeMounts', 'volumes']);
  });

  test('fails if it takes a Secret that its user does not get', () => {
    expect(
      faults((chart) => {
        const { apiObject } = cluster(chart);
        apiObject.addJsonPatch(JsonPatch.replace('/spec/components/volumes/0/secret/items/0/key', 'user.pem'));
      }),
    ).toEqual([expect.stringContaining('user.pem')]);
  });
});

describe('the values of the Helm chart', () => {
  const values = (build: (chart: Chart) => MilvusHelmValues): { [key: string]: any } => {
    let made: MilvusHelmValues | undefined;
    synth((chart) => (made = build(chart)));
    return parse((made as MilvusHelmValues).yaml) as { [key: string]: any };
  };

  test('have no fault', () => {
    expect(faults((chart) => helm(chart, { connection: byOneCertificate(chart) }))).toEqual([]);
  });

  test('carry the settings in a file that the chart merges last, and no secret value', () => {
    const made = values((chart) => helm(chart, { connection: sasl(chart, PLAIN) }));
    expect(made).toMatchObject({
      image: { all: { repository: 'milvusdb/milvus', tag: 'v2.6.17' } },
      cluster: { enabled: true },
      pulsar: { enabled: false },
      pulsarv3: { enabled: false },
      kafka: { enabled: false },
      externalKafka: { enabled: true, securityProtocol: 'SASL_SSL', sasl: { mechanisms: 'PLAIN' } },
    });
    expect(parse(made.extraConfigFiles['user.yaml'] as string)).toMatchObject({
      kafka: { ssl: { enabled: 'true', tlsCaCert: '/opt/kafka-ca/ca.crt' } },
    });
    const env = [{ name: 'KAFKA_SASLPASSWORD', valueFrom: { secretKeyRef: { name: 'kafka-login', key: 'password' } } }];
    for (const part of ['proxy', 'mixCoordinator', 'dataNode', 'queryNode', 'streamingNode']) {
      expect(made[part]).toEqual({ extraEnv: env });
    }
  });

  test('mount the files into all pods', () => {
    const made = values((chart) => helm(chart, { connection: byOneCertificate(chart) }));
    expect(made.volumeMounts).toEqual([
      { name: 'my-cluster-cluster-ca-cert', mountPath: '/opt/my-cluster-cluster-ca-cert', readOnly: true },
      { name: 'milvus-user', mountPath: '/opt/milvus-user', readOnly: true },
    ]);
  });

  test('may be for one process, whose queue is not named twice', () => {
    const made = values((chart) => helm(chart, { connection: sasl(chart, PLAIN), standalone: true }));
    expect(made.cluster).toEqual({ enabled: false });
    expect(made.standalone).toMatchObject({ messageQueue: 'kafka', extraEnv: [{ name: 'KAFKA_SASLPASSWORD' }] });
    expect(made.proxy).toBeUndefined();
  });

  test('open the listener to the pods of the release', () => {
    const { listeners } = find(
      synth((chart) => helm(chart, { name: 'vectors', connection: byOneCertificate(chart) })),
      'Kafka',
    ).spec.kafka;
    expect(listeners[0].networkPolicyPeers).toEqual([
      { podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'vectors', 'app.kubernetes.io/name': 'milvus' } } },
    ]);
  });
});
