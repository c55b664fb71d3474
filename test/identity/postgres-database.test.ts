import { Chart, Size } from 'cdk8s';
import { PostgresDatabaseProps, SecretKey } from '../../lib';
import { database } from '../support/identity';
import { faults, find, synth } from '../support/synth';

const server = (props: Partial<PostgresDatabaseProps> = {}) => synth((chart) => void database(chart, props));

describe('PostgresDatabase', () => {
  test('reads user name and password from files of the given Secret keys', () => {
    const { containers, volumes } = find(server(), 'StatefulSet').spec.template.spec;
    const folder = (name: string) =>
      containers[0].volumeMounts.find((mount: { name: string }) => mount.name === name).mountPath;
    expect(volumes).toEqual(
      expect.arrayContaining([
        {
          name: 'username',
          secret: { secretName: 'sso-db-login', items: [{ key: 'user', path: 'value' }], defaultMode: 0o440 },
        },
        {
          name: 'password',
          secret: { secretName: 'sso-db-login', items: [{ key: 'pass', path: 'value' }], defaultMode: 0o440 },
        },
      ]),
    );
    expect(containers[0].env).toEqual(
      expect.arrayContaining([
        { name: 'POSTGRES_USER_FILE', value: `${folder('username')}/value` },
        { name: 'POSTGRES_PASSWORD_FILE', value: `${folder('password')}/value` },
      ]),
    );
  });

  test('keeps its data in a folder below a volume that outlives the pod', () => {
    const objects = server({ storage: Size.gibibytes(5), storageClass: 'fast' });
    const { containers, volumes } = find(objects, 'StatefulSet').spec.template.spec;
    const { mountPath } = containers[0].volumeMounts.find((mount: { name: string }) => mount.name === 'data');
    expect(volumes).toContainEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'sso-db-data', readOnly: false },
    });
    expect(containers[0].env).toContainEqual({ name: 'PGDATA', value: `${mountPath}/pgdata` });
    expect(find(objects, 'PersistentVolumeClaim').spec).toEqual({
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '5Gi' } },
      storageClassName: 'fast',
      volumeMode: 'Filesystem',
    });
  });

  test('asks for one gibibyte of storage if nothing else is said', () => {
    expect(find(server(), 'PersistentVolumeClaim').spec.resources.requests.storage).toBe('1Gi');
  });

  test('runs as an ordinary user who can write to nothing but its volumes', () => {
    const pod = find(server(), 'StatefulSet').spec.template.spec;
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 999, runAsGroup: 999, fsGroup: 999 });
    expect(pod.containers[0].securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    const writable = pod.containers[0].volumeMounts.filter((mount: { readOnly?: boolean }) => !mount.readOnly);
    expect(writable.map((mount: { mountPath: string }) => mount.mountPath)).toEqual([
      '/var/lib/postgresql/data',
      '/tmp',
      '/var/run/postgresql',
    ]);
  });

  test('has no API token, no variables of other Services, and limits', () => {
    const pod = find(server(), 'StatefulSet').spec.template.spec;
    expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
    expect(pod.containers[0].resources).toEqual({
      requests: { cpu: '100m', memory: '512Mi' },
      limits: { cpu: '1', memory: '512Mi' },
    });
  });

  test('is probed as its own user', () => {
    const { readinessProbe, livenessProbe, startupProbe } = find(server(), 'StatefulSet').spec.template.spec
      .containers[0];
    for (const probe of [readinessProbe, livenessProbe, startupProbe]) {
      expect(probe.exec.command[2]).toBe(
        'exec pg_isready -h 127.0.0.1 -d "$POSTGRES_DB" -U "$(cat /run/secrets/username/value)"',
      );
    }
  });

  test('has a Service and a StatefulSet that select the same pods by plain labels', () => {
    const objects = server();
    const labels = { 'app.kubernetes.io/name': 'postgres', 'app.kubernetes.io/instance': 'sso-db' };
    expect(find(objects, 'Service').spec.selector).toEqual(labels);
    expect(find(objects, 'StatefulSet').spec).toMatchObject({
      serviceName: 'sso-db',
      selector: { matchLabels: labels },
    });
    expect(find(objects, 'StatefulSet').spec.template.metadata.labels).toEqual(labels);
    expect(find(objects, 'NetworkPolicy').spec.podSelector.matchLabels).toEqual(labels);
  });

  test('lets nobody in until somebody is allowed', () => {
    expect(find(server(), 'NetworkPolicy').spec).toEqual({ podSelector: expect.anything(), policyTypes: ['Ingress'] });
    const objects = synth((chart) => {
      const db = database(chart);
      db.allowFromPods({ app: 'here' }, 'flink');
      db.allowFromPods({ app: 'there' }, 'other');
    });
    expect(find(objects, 'NetworkPolicy').spec.ingress).toEqual([
      {
        from: [
          { podSelector: { matchLabels: { app: 'here' } } },
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } },
            podSelector: { matchLabels: { app: 'there' } },
          },
        ],
        ports: [{ port: 5432, protocol: 'TCP' }],
      },
    ]);
  });

  test('is reached by the name of its Service, in the domain of the cluster if one is given', () => {
    const hosts: string[] = [];
    synth((chart) => {
      hosts.push(database(chart, { name: 'db', namespace: 'data' }).host);
      hosts.push(database(new Chart(chart, 'sub', { namespace: 'x' }), { clusterDomain: 'example.org' }).host);
    });
    expect(hosts).toEqual(['db.data.svc', 'sso-db.x.svc.example.org']);
  });

  test('has no faults', () => {
    expect(faults((chart) => void database(chart))).toEqual([]);
  });
});

describe('rules of PostgresDatabase', () => {
  const cases: [string, Partial<PostgresDatabaseProps>, string[]][] = [
    [
      'postgres-name',
      { name: 'd'.repeat(53) },
      [`the name '${'d'.repeat(53)}' of 53 characters does not fit; use at most 52 characters (postgres-name)`],
    ],
    [
      'postgres-database',
      { database: 'my-db' },
      [
        "'my-db' is no plain name for a database; use at most 63 lower-case letters, digits and underscores, such as 'keycloak' (postgres-database)",
      ],
    ],
    [
      'postgres-storage',
      { storage: Size.mebibytes(512) },
      [
        "the database 'sso-db' cannot have a volume of 0.5 gibibytes; give storage: Size.gibibytes(1) or more (postgres-storage)",
      ],
    ],
    [
      'postgres-secrets',
      { usernameSecret: SecretKey.existing('login', 'user', { namespace: 'other' }) },
      [
        "the database 'sso-db' in namespace 'flink' cannot mount other/login:user; put the Secrets into the namespace of the database (postgres-secrets)",
      ],
    ],
    [
      'workload-image',
      { image: 'postgres:latest' },
      [
        "the image 'postgres:latest' does not say which version to run; add a tag that is never moved, or a digest: image@sha256:... (workload-image)",
      ],
    ],
    [
      'workload-name',
      { name: 'My_DB' },
      ["no workload can be named 'My_DB'; use at most 63 lower-case letters, digits and dashes (workload-name)"],
    ],
  ];

  test.each(cases)('fails by %s', (_rule, props, messages) => {
    expect(faults((chart) => void database(chart, props))).toEqual(
      messages.map((message) => `[test/sso-db] ${message}`),
    );
  });

  test('fails without a namespace', () => {
    const messages = faults((chart) => void database(chart, { namespace: '' }));
    expect(messages).toEqual([
      "[test/sso-db] the chart has no namespace; give the chart one: new Chart(app, 'id', { namespace: 'flink' }) (namespace)",
    ]);
  });
});
