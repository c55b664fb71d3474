import { Answer, ApiClient, WrittenObject } from '../support/kubernetes/api-client';
import { titleOf, writtenObject } from '../support/kubernetes/manifest-files';
import { secretsCopiedBy } from '../support/kubernetes/external-secrets';
import { Place, secretsOf } from '../support/kubernetes/secret-names';
import { allowedVerbs, serviceAccountsOf } from '../support/kubernetes/service-accounts';
import { until } from '../support/servers/until';
import { Manifest } from '../support/synth';
import { describeApi } from './describe-api';
import { connect, scenarios } from './subjects';

const READING = ['get', 'list', 'watch'];
const DOING_ALL = [...READING, 'create', 'update', 'patch', 'delete'];

/** Whatever it is updated with, the API server changes a claim once when it is first updated, and never after. */
const CHANGES_BY_ITSELF = 'PersistentVolumeClaim';

/** `Kafka my-cluster 201`, and what the API server has to say besides. */
function outcomeOf({ object }: WrittenObject, { status, warnings, body }: Answer): string {
  return [`${titleOf(object)} ${status}`, ...(status < 300 ? [] : [body.message]), ...warnings].join(': ');
}

/** What an account may do of reading Secrets, all over, in a namespace, or one: `get my-namespace/my-secret`. */
async function readable(client: ApiClient, account: Place, secrets: readonly Place[]): Promise<string[]> {
  const places: Partial<Place>[] = [{}, { namespace: account.namespace }, ...secrets];
  const allowed = await Promise.all(
    places.map(async (place) =>
      (await allowedVerbs(client, account, READING, 'secrets', place)).map(
        (verb) => `${verb} ${place.namespace ?? '*'}/${place.name ?? '*'}`,
      ),
    ),
  );
  return allowed.flat();
}

/** The namespaces that objects are in. */
function namespacesOf(objects: readonly Manifest[]): string[] {
  return [...new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))];
}

/** A service account `reader` that may get one Secret. */
const reader = ({ namespace, name }: Place): WrittenObject[] => [
  writtenObject(`
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
  namespace: ${namespace}
rules:
  - apiGroups: ['']
    resources: [secrets]
    resourceNames: [${name}]
    verbs: [get]
`),
  writtenObject(`
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: reader
  namespace: ${namespace}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: reader
subjects:
  - kind: ServiceAccount
    name: reader
    namespace: ${namespace}
`),
];

describeApi.each(scenarios())('$name', ({ objects }) => {
  const manifests = objects.map(({ object }) => object);
  const versions = new Map<WrittenObject, string>();
  let client: ApiClient;
  beforeAll(() => {
    client = connect();
  });
  afterAll(() => client.close());

  /** Does something with one object after the other, and says how that went. */
  const each = async (some: readonly WrittenObject[], work: (written: WrittenObject) => Promise<Answer>) => {
    const outcomes: string[] = [];
    for (const written of some) outcomes.push(outcomeOf(written, await work(written)));
    return outcomes;
  };
  const all = (status: number, some = objects) => some.map(({ object }) => `${titleOf(object)} ${status}`);

  test('is created, in the order of its files', async () => {
    const outcomes = await each(objects, async (written) => {
      const answer = await client.apply(written);
      const settled = written.object.kind === CHANGES_BY_ITSELF ? await client.apply(written) : answer;
      versions.set(written, settled.body.metadata?.resourceVersion);
      return answer;
    });
    expect(outcomes).toEqual(all(201));
  });

  test('stays as it is when it is applied again', async () => {
    const changed: string[] = [];
    const outcomes = await each(objects, async (written) => {
      const answer = await client.apply(written);
      if (answer.body.metadata?.resourceVersion !== versions.get(written)) changed.push(titleOf(written.object));
      return answer;
    });
    expect(outcomes).toEqual(all(200));
    expect(changed).toEqual([]);
  });

  describe('gives', () => {
    const secrets = secretsOf(manifests);
    const [secret = { namespace: namespacesOf(manifests)[0], name: 'some' }] = secrets;
    const readerAccount = { namespace: secret.namespace, name: 'reader' };

    // Rights take effect in the order in which they were given: once the last one has, all have.
    beforeAll(async () => {
      expect(await each(reader(secret), (written) => client.apply(written))).toEqual(all(201, reader(secret)));
      await until(
        'rights are to take effect',
        async () => (await readable(client, readerAccount, [secret])).length > 0,
      );
    });
    afterAll(() => each(reader(secret), ({ object }) => client.delete(object)));

    test('an account that may get one Secret just that', async () => {
      expect(await readable(client, readerAccount, [secret, ...secrets.slice(1)])).toEqual([
        `get ${secret.namespace}/${secret.name}`,
      ]);
    });

    // Pods get Secrets as files, for which their accounts need no right.
    test.each(serviceAccountsOf(manifests))('the service account $name the Secrets that it copies', async (account) => {
      const copied = secretsCopiedBy(account, manifests).map(({ namespace, name }) => `get ${namespace}/${name}`);
      expect((await readable(client, account, secrets)).sort()).toEqual(copied.sort());
    });

    const flink = manifests.filter(({ kind }) => kind === 'FlinkDeployment');
    // Jest takes no empty table, and not every scenario has a Flink job.
    if (flink.length === 0) return;
    test.each(flink)('the service account of Flink job $metadata.name what Flink needs', async ({ metadata, spec }) => {
      const { namespace = '' } = metadata;
      const account = { namespace, name: spec.serviceAccount };
      for (const resource of ['pods', 'configmaps', 'deployments.apps']) {
        expect([resource, await allowedVerbs(client, account, DOING_ALL, resource, { namespace })]).toEqual([
          resource,
          DOING_ALL,
        ]);
      }
    });
  });

  test('is deleted again', async () => {
    const backwards = [...objects].reverse();
    expect(await each(backwards, ({ object }) => client.delete(object))).toEqual(all(200, backwards));
    for (const { object } of objects)
      expect([titleOf(object), (await client.read(object)).status]).toEqual([titleOf(object), 404]);
  });
});
