import { SecretKey } from '../secrets/secret-key';

/** How a secret value has to be written where it is put into a larger text. */
export interface Quoting {
  /** What the folder of such values is called, and the init container that writes it. */
  readonly name: string;
  /** The shell command that reads a value and writes it so. */
  readonly filter: string;
}

/**
 * Between double quotes in a line of a JAAS configuration.
 *
 * @see Apache Kafka 4.3.1, clients/.../security/JaasConfig.java: a StreamTokenizer, after references were replaced
 */
export const JAAS: Quoting = { name: 'jaas', filter: `sed 's/[\\\\"]/\\\\&/g'` };

/** What is not of letters and digits alone: those mean themselves everywhere, also to providers that do not decode what RFC 6749 has clients encode. */
const OTHERS = '*[!A-Za-z0-9._-]*';

/**
 * As a client secret in the header of a token request, within a line of a JAAS configuration: each byte by its number,
 * unless all of them are letters and digits.
 *
 * strimzi-kafka-oauth sends it as it is, and Keycloak 26 decodes it. All bytes are encoded because strimzi-kafka-oauth
 * writes the header in base64 for URLs: what has other characters than ASCII, or some of `?`, `>` and `~`, may come out with
 * a `-` or `_`, which Keycloak leaves out.
 *
 * @see RFC 6749, section 2.3.1
 * @see strimzi-kafka-oauth 0.17.1, OAuthAuthenticator.base64encode
 */
export const CLIENT_SECRET: Quoting = {
  name: 'form',
  filter: `{ value=$(cat); case $value in ${OTHERS}) printf %s "$value" | od -An -v -tx1 | tr -d ' \\n' | sed 's/../%&/g';; *) printf %s "$value";; esac; }`,
};

/** Whether a value has to be quoted at all. */
export function needsQuoting(key: SecretKey): boolean {
  return !key.alphanumeric;
}
