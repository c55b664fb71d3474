import { Answer, ApiClient, WrittenObject } from '../support/kubernetes/api-client';
import { titleOf, writtenObject } from '../support/kubernetes/manifest-files';
import { describeApi } from './describe-api';
import { Subject, connect, samples, scenarios } from './subjects';

/** A namespace in which the API server warns of every pod that does not meet a Pod Security Standard. */
const namespace = (name: string, standard: string) =>
  writtenObject(`
apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels:
    pod-security.kubernetes.io/warn: ${standard}
`);

/** What the API server says of objects, none of which it keeps. */
async function answersTo(
  client: ApiClient,
  { objects }: Subject,
  standard: string,
): Promise<Map<WrittenObject, Answer>> {
  const answers = new Map<WrittenObject, Answer>();
  const ask = async (written: WrittenObject) => answers.set(written, await client.tryToCreate(written));
  const isNamespace = ({ object }: WrittenObject) => object.kind === 'Namespace';
  await Promise.all(objects.filter(isNamespace).map(ask));
  const names = new Set(objects.flatMap(({ object }) => object.metadata.namespace ?? []));
  const namespaces = [...names].map((name) => namespace(name, standard));
  for (const created of namespaces) expect((await client.create(created)).status).toBe(201);
  await Promise.all(objects.filter((written) => !isNamespace(written)).map(ask));
  for (const { object } of namespaces) expect((await client.delete(object)).status).toBe(200);
  return answers;
}

describeApi.each([
  ...scenarios().map((subject) => ({ ...subject, standard: 'restricted' })),
  // Samples hold pods of users' own, as cdk8s-plus makes them.
  ...samples().map((subject) => ({ ...subject, standard: 'baseline' })),
])('$name', ({ standard, ...subject }) => {
  const { objects } = subject;
  let client: ApiClient;
  let answers: Map<WrittenObject, Answer>;
  beforeAll(async () => {
    client = connect();
    answers = await answersTo(client, { ...subject, objects }, standard);
  });
  afterAll(() => client.close());

  test('has objects', () => {
    expect(objects).not.toEqual([]);
  });

  test.each(objects.map((written) => ({ title: titleOf(written.object), written })))(
    '$title can be created, without a warning',
    ({ written }) => {
      const { status, warnings, body } = answers.get(written) ?? {};
      expect({ status, warnings, message: body?.message }).toEqual({ status: 201, warnings: [], message: undefined });
    },
  );
});
