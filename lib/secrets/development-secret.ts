import { randomInt } from 'node:crypto';
import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { isDnsSubdomain } from '../kubernetes/names';
import { Rule, enforce, faultIf } from '../validation/rule';
import { isSecretDataKey } from './secret-data';
import { SecretState } from './secret-state';
import { KeptFile, SECRET_STATE_RULES } from './secret-state-rules';

/** What stands under one key: a password that is made once, or a text that is no secret. */
export type DevelopmentValue =
  { readonly kind: 'password'; readonly length: number } | { readonly kind: 'text'; readonly text: string };

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LETTERS_AND_DIGITS = LETTERS + '0123456789';
const SHORTEST = 16;
const LONGEST = 256;

/** Only characters that no configuration language gives a meaning. */
const PASSWORD = /^[A-Za-z0-9._-]+$/;
const PRINTABLE = /^[\x20-\x7e]+$/;

export const DEVELOPMENT_SECRET_RULES: readonly Rule<DevelopmentSecret>[] = [
  {
    id: 'development-secret-name',
    holds: 'A development secret and its keys have names that Kubernetes takes.',
    remedy: 'use lower-case letters, digits, dashes and dots; in keys also capitals and underscores',
    source: 'Kubernetes 1.35, apimachinery validation (DNS subdomain; IsConfigMapKey)',
    faults: ({ secretName, values }) => [
      ...faultIf(!isDnsSubdomain(secretName), `no Secret can be named '${secretName}'`),
      ...[...values.keys()]
        .filter((key) => !isSecretDataKey(key))
        .map((key) => `development secret '${secretName}' cannot have a key '${key}'`),
    ],
  },
  {
    id: 'development-secret-key',
    holds: 'A key of a development secret is asked for in one way only.',
    remedy: 'ask for another key, or ask alike each time',
    source: 'this project: a key has one value',
    faults: ({ secretName, conflicts }) =>
      [...conflicts].map((key) => `key '${key}' of development secret '${secretName}' is to hold two different things`),
  },
  {
    id: 'development-password-length',
    holds: `A password has ${SHORTEST} to ${LONGEST} characters.`,
    remedy: 'leave length out: 32 characters',
    source: 'this project: 16 letters and digits are 95 bits, more than can be guessed',
    faults: ({ secretName, values }) =>
      [...values].flatMap(([key, value]) =>
        faultIf(
          value.kind === 'password' &&
            !(Number.isInteger(value.length) && value.length >= SHORTEST && value.length <= LONGEST),
          `the length of '${key}' in development secret '${secretName}' is out of range`,
        ),
      ),
  },
  {
    id: 'development-username',
    holds: 'A user name is printable ASCII.',
    remedy: 'give a name without line ends and accents',
    source: 'RFC 7613, section 3: other characters are changed before they are compared',
    faults: ({ secretName, values }) =>
      [...values].flatMap(([key, value]) =>
        faultIf(
          value.kind === 'text' && !PRINTABLE.test(value.text),
          `the user name under '${key}' in development secret '${secretName}' is empty or not printable`,
        ),
      ),
  },
];

/** A Secret of a `DevelopmentSecrets` chart. */
export class DevelopmentSecret extends Construct {
  public readonly values = new Map<string, DevelopmentValue>();
  public readonly conflicts = new Set<string>();

  public constructor(
    scope: Construct,
    public readonly secretName: string,
    private readonly state: SecretState,
  ) {
    // No construct has an empty id; that the name is empty is reported with the other faults.
    super(scope, secretName || 'Unnamed');
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: secretName },
      type: 'Opaque',
      data: Lazy.any({ produce: () => this.render() }) as object,
    });
    enforce(this, DEVELOPMENT_SECRET_RULES, this);
    enforce(this, SECRET_STATE_RULES, () => this.files());
  }

  public declare(key: string, value: DevelopmentValue): void {
    const other = this.values.get(key);
    if (other && JSON.stringify(other) !== JSON.stringify(value)) this.conflicts.add(key);
    else this.values.set(key, value);
  }

  private files(): KeptFile[] {
    return [...this.values]
      .filter(([, { kind }]) => kind === 'password')
      .map(([key]) => ({
        state: this.state,
        path: [this.secretName, key],
        content: 'a password of letters, digits, dots, dashes and underscores',
        accepts: (text) => PASSWORD.test(withoutLineEnd(text)),
      }));
  }

  private render(): Record<string, string> {
    return Object.fromEntries([...this.values].map(([key, value]) => [key, toBase64(this.textOf(key, value))]));
  }

  private textOf(key: string, value: DevelopmentValue): string {
    if (value.kind === 'text') return value.text;
    return withoutLineEnd(this.state.keep([this.secretName, key], () => newPassword(value.length)));
  }
}

/** The data of a Secret. In base64 no value looks like a number or a boolean to whoever reads the YAML. */
export function toBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** A file that somebody edited ends in a line end, which would be part of the password. */
function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/** A new password. It begins with a letter, so that nothing takes it for a number where it is not quoted. */
function newPassword(length: number): string {
  const rest = Array.from({ length: length - 1 }, () => LETTERS_AND_DIGITS[randomInt(LETTERS_AND_DIGITS.length)]);
  return LETTERS[randomInt(LETTERS.length)] + rest.join('');
}
