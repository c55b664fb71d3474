import { Agent, request } from 'node:https';
import { ApiAccess } from '../servers/kube-apiserver';
import { Manifest } from '../synth';

/** What the API server answered. */
export interface Answer {
  readonly status: number;
  /** The texts of the `Warning` headers. */
  readonly warnings: readonly string[];
  /** The object that is the answer; if the request was refused, one with a `message`. */
  readonly body: any;
}

/** An object as it stands in a file. */
export interface WrittenObject {
  /** Its text, which is what the API server gets. */
  readonly text: string;
  /** What the text says, to know where to send it. */
  readonly object: Manifest;
}

/** What somebody asks to do. */
export interface Wish {
  readonly verb: string;
  readonly namespace?: string;
  readonly group?: string;
  readonly resource: string;
  /** The one object that is meant; all of them if it is left out. */
  readonly name?: string;
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

const JSON_TYPE = 'application/json';
const YAML_TYPE = 'application/yaml';
const APPLY_TYPE = 'application/apply-patch+yaml';
const MANAGER = 'fieldManager=test';
const STRICT = 'fieldValidation=Strict';

/** Speaks to an API server. */
export class ApiClient {
  private readonly agent: Agent;
  private readonly resources = new Map<string, readonly Resource[]>();

  public constructor(private readonly access: ApiAccess) {
    this.agent = new Agent({ ca: access.certificate, keepAlive: true, maxSockets: 8 });
  }

  /** Sends one request. */
  public request(method: string, path: string, content?: string, type = JSON_TYPE): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${this.access.token}`,
      ...(content === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(content) }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.access.url), { method, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            warnings: (response.headersDistinct.warning ?? []).flatMap(warningsIn),
            body: bodyOf(Buffer.concat(chunks).toString()),
          });
        });
      });
      sent.once('error', reject);
      sent.end(content);
    });
  }

  /** Asks whether an object could be created as it is written: with unknown and repeated fields refused. */
  public async tryToCreate(written: WrittenObject): Promise<Answer> {
    return this.create(written, 'dryRun=All');
  }

  /** Creates an object as it is written. */
  public async create({ text, object }: WrittenObject, ...options: string[]): Promise<Answer> {
    const collection = await this.collectionOf(object);
    if (!collection) return notServed(object);
    return this.request('POST', `${collection}?${[STRICT, MANAGER, ...options].join('&')}`, text, YAML_TYPE);
  }

  /** Does what `kubectl apply --server-side` does: creates an object, or changes what is different. */
  public async apply({ text, object }: WrittenObject): Promise<Answer> {
    const path = await this.pathOf(object);
    if (!path) return notServed(object);
    return this.request('PATCH', `${path}?${STRICT}&${MANAGER}&force=false`, text, APPLY_TYPE);
  }

  /** Reads an object. */
  public async read(object: Manifest): Promise<Answer> {
    const path = await this.pathOf(object);
    return path ? this.request('GET', path) : notServed(object);
  }

  /**
   * Deletes an object. A namespace is made to go as well, which elsewhere is done by a controller once the namespace
   * is empty.
   */
  public async delete(object: Manifest): Promise<Answer> {
    const path = await this.pathOf(object);
    if (!path) return notServed(object);
    const answer = await this.request('DELETE', `${path}?propagationPolicy=Background`);
    if (object.kind !== 'Namespace' || answer.status >= 300) return answer;
    const { body } = await this.read(object);
    return this.request('PUT', `${path}/finalize`, JSON.stringify({ ...body, spec: { finalizers: [] } }));
  }

  /** Whether a user, who is in groups, may do something. */
  public async allows(user: string, groups: readonly string[], wish: Wish): Promise<boolean> {
    const review = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: { user, groups, resourceAttributes: wish },
    };
    const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
    const { status, body } = await this.request('POST', path, JSON.stringify(review));
    if (status !== 201) throw new Error(`the question for rights was refused: ${body.message}`);
    return body.status.allowed === true;
  }

  /** Whether a kind is served in a version. */
  public async serves(apiVersion: string, kind: string): Promise<boolean> {
    return (await this.resourceOf({ apiVersion, kind })) !== undefined;
  }

  /** Ends the connections. */
  public close(): void {
    this.agent.destroy();
  }

  private async pathOf(object: Manifest): Promise<string | undefined> {
    const collection = await this.collectionOf(object);
    return collection && `${collection}/${object.metadata.name}`;
  }

  private async collectionOf(object: Manifest): Promise<string | undefined> {
    const resource = await this.resourceOf(object);
    if (!resource) return undefined;
    const scope = resource.namespaced ? `/namespaces/${object.metadata.namespace ?? 'default'}` : '';
    return `${rootOf(object.apiVersion)}${scope}/${resource.name}`;
  }

  private async resourceOf({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): Promise<Resource | undefined> {
    const known = this.resources.get(apiVersion)?.find((resource) => resource.kind === kind);
    if (known) return known;
    const { status, body } = await this.request('GET', rootOf(apiVersion));
    if (status !== 200) return undefined;
    const served = (body.resources as Resource[]).filter(({ name }) => !name.includes('/'));
    this.resources.set(apiVersion, served);
    return served.find((resource) => resource.kind === kind);
  }
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** What kubectl says before it sends anything. */
function notServed({ apiVersion, kind }: Manifest): Answer {
  return { status: 404, warnings: [], body: { message: `no matches for kind "${kind}" in version "${apiVersion}"` } };
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text.trim() };
  }
}

/** The texts in a header: `299 - "text"`, several of them separated by commas. */
function warningsIn(header: string): string[] {
  const texts = [...header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text.replace(/\\(.)/g, '$1'));
  return texts.length > 0 ? texts : [header];
}
