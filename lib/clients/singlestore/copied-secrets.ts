import { ApiObject, Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { goDuration } from '../../kubernetes/go-duration';
import { TrustedCertificates } from '../../pki/trusted-certificates';
import { SecretKey } from '../../secrets/secret-key';
import { EngineFile } from './engine-files';

/** One Secret that is put together from others. */
export interface CopiedSecretsProps {
  readonly secretName: string;
  readonly namespace: string;
  readonly refreshInterval: Duration;
  /** Its keys. Asked for when the manifest is written, because statements are declared later. */
  readonly files: () => readonly EngineFile[];
}

type Part = EngineFile['parts'][number];

/**
 * A Secret that the External Secrets Operator puts together from others of its namespace, and again when they change.
 *
 * @see External Secrets Operator 1.3.2, config/crds/bases; "Kubernetes" provider, "Advanced Templating v2"
 */
export class CopiedSecrets extends Construct {
  public constructor(scope: Construct, id: string, props: CopiedSecretsProps) {
    super(scope, id);
    const metadata = { name: props.secretName, namespace: props.namespace };
    this.addReader(metadata, props);
    new ApiObject(this, 'SecretStore', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'SecretStore',
      metadata,
      spec: {
        provider: {
          kubernetes: {
            remoteNamespace: props.namespace,
            server: { caProvider: { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt' } },
            auth: { serviceAccount: { name: props.secretName } },
          },
        },
      },
    });
    new ApiObject(this, 'ExternalSecret', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata,
      spec: Lazy.any({ produce: () => renderSpec(props) }) as object,
    });
  }

  /** The account by which the operator reads the Secrets: these, by name, and no other. */
  private addReader(metadata: { readonly name: string; readonly namespace: string }, props: CopiedSecretsProps): void {
    new ApiObject(this, 'ServiceAccount', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata,
      automountServiceAccountToken: false,
    });
    new ApiObject(this, 'Role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: Lazy.any({
            produce: () => distinct(parts(props).map(({ secretName }) => secretName)),
          }) as object,
          verbs: ['get'],
        },
      ],
    });
    new ApiObject(this, 'RoleBinding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    });
  }
}

function renderSpec(props: CopiedSecretsProps): object {
  const all = parts(props);
  const wholes = distinct(all.filter(isWhole).map(({ secretName }) => secretName));
  const single = new Map(all.filter((part) => !isWhole(part)).map((part) => [variable(part), part]));
  return {
    refreshInterval: goDuration(props.refreshInterval),
    secretStoreRef: { name: props.secretName, kind: 'SecretStore' },
    target: {
      name: props.secretName,
      creationPolicy: 'Owner',
      template: {
        engineVersion: 'v2',
        mergePolicy: 'Replace',
        data: Object.fromEntries(props.files().map(({ name, parts: own }) => [name, own.map(template).join('')])),
      },
    },
    ...(single.size > 0
      ? {
          data: [...single].map(([secretKey, { secretName, key }]) => ({
            secretKey,
            remoteRef: { key: secretName, property: key },
          })),
        }
      : {}),
    ...(wholes.length > 0
      ? {
          dataFrom: wholes.map((secretName) => ({
            extract: { key: secretName },
            // Keys of several Secrets meet in one template.
            rewrite: [{ regexp: { source: '^', target: prefix(secretName) } }],
          })),
        }
      : {}),
  };
}

/** What the template of a file has for one part of it: a key, or every certificate of a Secret. */
function template(part: Part): string {
  const certificates = part instanceof TrustedCertificates;
  if (!isWhole(part)) return `{{ index . "${variable(part)}" }}${certificates ? '{{ "\\n" }}' : ''}`;
  const matches = `and (hasPrefix "${prefix(part.secretName)}" $key) (hasSuffix ".crt" $key)`;
  return `{{ range $key, $text := . }}{{ if ${matches} }}{{ $text }}{{ "\\n" }}{{ end }}{{ end }}`;
}

function parts({ files }: CopiedSecretsProps): Part[] {
  return files().flatMap((file) => file.parts);
}

function isWhole(part: Part): boolean {
  return !(part instanceof SecretKey) && part.key === undefined;
}

function prefix(secretName: string): string {
  return `${secretName}_`;
}

function variable({ secretName, key }: Part): string {
  return `${prefix(secretName)}${key}`;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
