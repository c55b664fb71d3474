import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { isDnsLabel } from '../kubernetes/names';
import { PLACE_RULES } from '../kubernetes/place';
import { Rule, enforce, faultIf } from '../validation/rule';
import { DevelopmentSecret, DevelopmentValue } from './development-secret';
import { SecretKey } from './secret-key';
import { SecretState } from './secret-state';

/** Where development secrets are written, and where they are kept. */
export interface DevelopmentSecretsProps {
  /** The namespace of the Secrets. */
  readonly namespace: string;
  /**
   * What the secrets are for, such as the name of a scenario. Environments share no secrets; apps that name the same
   * environment do.
   */
  readonly environment: string;
  /**
   * The folder that the values are kept in, on this machine. A relative one begins at the working directory. It must
   * not get into version control.
   *
   * @default '.secure-kafka'
   */
  readonly stateDirectory?: string;
}

/** How a password is made. */
export interface DevelopmentPasswordOptions {
  /**
   * The number of characters: 16 to 256. A password that is kept already stays as it is.
   *
   * @default 32
   */
  readonly length?: number;
}

export const DEVELOPMENT_SECRETS_RULES: readonly Rule<DevelopmentSecrets>[] = [
  {
    id: 'development-environment',
    holds: 'An environment of development secrets has a name that can name a folder.',
    remedy: "use lower-case letters, digits and dashes: environment: 'mtls'",
    source: 'this project: values are kept in <stateDirectory>/<environment>',
    faults: ({ environment }) => faultIf(!isDnsLabel(environment), `no environment can be named '${environment}'`),
  },
  {
    id: 'development-secret-twice',
    holds: 'A development secret has one maker.',
    remedy: 'give one of them another name',
    source: 'Kubernetes 1.35: of two objects with the same name, kubectl apply leaves the last',
    faults: (s) => s._duplicates().map((name) => `several development secrets are named '${name}'`),
  },
];

/**
 * Secrets for development: a chart, and so a file, of their own.
 *
 * Their values are random, made once and kept on this machine: in `<stateDirectory>/<environment>/<Secret>/<key>`, each
 * a file that only its owner may read. They are made while manifests are written, so that an app with faults leaves
 * nothing behind, and the next synthesis finds them again. The manifest, `development-secrets.k8s.yaml`, holds the
 * values: keep it and the state folder out of version control. Each Secret carries the label
 * `cdk8s-secure-kafka/development-only`.
 *
 * For anything but development use `SecretKey.existing()` or an `ExternalSecret`: they fit wherever these do.
 */
export class DevelopmentSecrets extends Chart {
  /** What the secrets are for. */
  public readonly environment: string;

  /** @internal */
  public readonly _state: SecretState;
  private readonly secrets = new Map<string, DevelopmentSecret>();
  private readonly madeElsewhere: string[] = [];
  private readonly folder: Construct;

  /**
   * @param scope the app
   * @param props where the secrets are written and kept
   */
  public constructor(scope: Construct, props: DevelopmentSecretsProps) {
    super(scope, 'development-secrets', {
      namespace: props.namespace,
      labels: { 'cdk8s-secure-kafka/development-only': 'true' },
    });
    this.environment = props.environment;
    const { stateDirectory = '.secure-kafka' } = props;
    // An environment without a legal name is a fault; until it is reported, nothing outside the folder is looked at.
    this._state = new SecretState(
      isDnsLabel(props.environment) ? join(stateDirectory, props.environment) : stateDirectory,
    );
    this.folder = new Construct(this, 'Secrets');
    enforce(this, PLACE_RULES, { namespace: props.namespace });
    enforce(this, DEVELOPMENT_SECRETS_RULES, this);
  }

  /**
   * A password: the same one each time that it is asked for.
   *
   * @param secretName the Secret
   * @param key the key in the Secret
   * @param options how the password is made
   */
  public password(secretName: string, key: string, options: DevelopmentPasswordOptions = {}): SecretKey {
    return this.declare(secretName, key, { kind: 'password', length: options.length ?? 32 });
  }

  /**
   * A user name beside a password, for whoever reads both from one Secret. It is no secret.
   *
   * @param secretName the Secret
   * @param key the key in the Secret
   * @param value the user name
   */
  public username(secretName: string, key: string, value: string): SecretKey {
    return this.declare(secretName, key, { kind: 'text', text: value });
  }

  /** @internal Notes that a construct in this chart makes a Secret by itself. */
  public _reserve(secretName: string): void {
    this.madeElsewhere.push(secretName);
  }

  /** @internal The names that more than one construct gives its Secret. */
  public _duplicates(): string[] {
    const names = [...this.secrets.keys(), ...this.madeElsewhere];
    return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  }

  private declare(secretName: string, key: string, value: DevelopmentValue): SecretKey {
    const secret = this.secrets.get(secretName) ?? new DevelopmentSecret(this.folder, secretName, this._state);
    this.secrets.set(secretName, secret);
    secret.declare(key, value);
    return SecretKey._made(this.namespace ?? '', secretName, key);
  }
}
