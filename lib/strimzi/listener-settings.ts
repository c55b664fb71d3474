import { Duration } from 'cdk8s';
import { jaasLine } from '../access/jaas';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { SecretKey } from '../secrets/secret-key';
import { BrokerMount, brokerTrustPath } from './broker-mount';
import { CustomListenerProps, ListenerAuthentication, OAuthListenerProps } from './listener-authentication';

/** A secret that the brokers read from an environment variable. */
export interface BrokerEnvironment {
  readonly name: string;
  readonly value: SecretKey;
}

/** What an authentication becomes: the listener's settings and what the brokers need beside them. */
export interface RenderedAuthentication {
  readonly authentication: object | undefined;
  readonly mounts: readonly BrokerMount[];
  readonly environment: readonly BrokerEnvironment[];
}

/** Renders `authentication` for the listener named `listenerName`. */
export function renderAuthentication(
  authentication: ListenerAuthentication,
  listenerName: string,
): RenderedAuthentication {
  const details = authentication._details;
  switch (details.kind) {
    case 'none':
      return { authentication: undefined, mounts: [], environment: [] };
    case 'tls':
      return { authentication: { type: 'tls' }, mounts: [], environment: [] };
    case 'scramSha512':
      return { authentication: { type: 'scram-sha-512' }, mounts: [], environment: [] };
    case 'oauth':
      return renderOAuth(details.oauth, listenerName);
    case 'custom':
      return renderCustom(details.custom);
  }
}

/** The settings by which brokers accept certificates of an authority that is not the clients CA. */
export function clientTrustSettings(trust: TrustedCertificates): Record<string, string> {
  return {
    'ssl.client.auth': 'required',
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': brokerTrustPath(trust),
  };
}

/** All settings of a custom listener, as they reach the broker. */
export function customSettings(custom: CustomListenerProps): Record<string, string> {
  return { ...(custom.trustedClients ? clientTrustSettings(custom.trustedClients) : {}), ...custom.listenerConfig };
}

/** The SASL mechanisms that the settings of a listener enable. */
export function mechanismsOf(settings: Record<string, string>): string[] {
  return (settings['sasl.enabled.mechanisms'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function renderCustom(custom: CustomListenerProps): RenderedAuthentication {
  return {
    authentication: {
      type: 'custom',
      sasl: custom.sasl,
      listenerConfig: asProperties(customSettings(custom)),
    },
    mounts: [...(custom.trustedClients ? [BrokerMount.trust(custom.trustedClients)] : []), ...(custom.mounts ?? [])],
    environment: [],
  };
}

const OAUTH_BEARER = {
  module: 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule',
  handler: 'io.strimzi.kafka.oauth.server.JaasServerOauthValidatorCallbackHandler',
};
const OAUTH_OVER_PLAIN = {
  module: 'org.apache.kafka.common.security.plain.PlainLoginModule',
  handler: 'io.strimzi.kafka.oauth.server.plain.JaasServerOauthOverPlainValidatorCallbackHandler',
};

/**
 * OAuth 2.0 by the library that Strimzi ships in its images.
 *
 * @see strimzi-kafka-oauth 0.18.0, README "Configuring the Kafka Broker"; Strimzi 1.2.0 serves it as `type: custom`
 */
function renderOAuth(props: OAuthListenerProps, listenerName: string): RenderedAuthentication {
  const { trust } = props.issuer;
  const options = oauthOptions(props, listenerName);
  const mechanisms = props.oauthOverPlain ? 'OAUTHBEARER,PLAIN' : 'OAUTHBEARER';
  return {
    authentication: {
      type: 'custom',
      sasl: true,
      listenerConfig: asProperties({
        'sasl.enabled.mechanisms': mechanisms,
        'oauthbearer.sasl.server.callback.handler.class': OAUTH_BEARER.handler,
        // Kafka's own login at start-up asks for a principal as soon as the module has any option.
        'oauthbearer.sasl.jaas.config': jaasLine(OAUTH_BEARER.module, {
          unsecuredLoginStringClaim_sub: 'unused',
          ...options,
        }),
        ...(props.oauthOverPlain
          ? {
              'plain.sasl.server.callback.handler.class': OAUTH_OVER_PLAIN.handler,
              'plain.sasl.jaas.config': jaasLine(OAUTH_OVER_PLAIN.module, {
                'oauth.token.endpoint.uri': props.issuer.tokenEndpointUri,
                ...options,
              }),
            }
          : {}),
        'principal.builder.class': 'io.strimzi.kafka.oauth.server.OAuthKafkaPrincipalBuilder',
        'connections.max.reauth.ms': (props.reauthentication ?? Duration.hours(1)).toMilliseconds(),
      }),
    },
    mounts: trust ? [BrokerMount.trust(trust)] : [],
    environment: props.introspectionClientSecret
      ? [{ name: introspectionVariable(listenerName), value: props.introspectionClientSecret }]
      : [],
  };
}

/** What the token validator is told, whichever mechanism the token comes by. */
function oauthOptions(props: OAuthListenerProps, listenerName: string): Record<string, string | undefined> {
  const { issuer, introspectionClientSecret } = props;
  return {
    'oauth.valid.issuer.uri': issuer.issuerUri,
    'oauth.jwks.endpoint.uri': introspectionClientSecret ? undefined : issuer.jwksEndpointUri,
    'oauth.introspection.endpoint.uri': introspectionClientSecret ? issuer.introspectionEndpointUri : undefined,
    'oauth.username.claim': props.usernameClaim ?? 'preferred_username',
    'oauth.fallback.username.claim': props.fallbackUsernameClaim,
    'oauth.fallback.username.prefix': props.fallbackUsernamePrefix,
    'oauth.client.id': props.audience,
    'oauth.client.secret': introspectionClientSecret
      ? `\${strimzienv:${introspectionVariable(listenerName)}}`
      : undefined,
    'oauth.check.audience': props.audience ? 'true' : undefined,
    'oauth.custom.claim.check': props.customClaimCheck,
    'oauth.groups.claim': props.groupsClaim,
    'oauth.jwks.refresh.seconds': seconds(props.jwksRefresh),
    'oauth.jwks.expiry.seconds': seconds(props.jwksExpiry),
    'oauth.connect.timeout.seconds': seconds(props.connectTimeout),
    'oauth.read.timeout.seconds': seconds(props.readTimeout),
    'oauth.fail.fast': String(props.failFast ?? false),
    ...trustOptions(issuer.trust),
  };
}

/** How brokers and clients that use strimzi-kafka-oauth trust the authorization server. */
function trustOptions(trust: TrustedCertificates | undefined): Record<string, string> {
  if (!trust) return {};
  return {
    'oauth.ssl.truststore.location': brokerTrustPath(trust),
    'oauth.ssl.truststore.type': 'PEM',
  };
}

function introspectionVariable(listenerName: string): string {
  return `OAUTH_INTROSPECTION_SECRET_${listenerName.toUpperCase()}`;
}

function seconds(duration: Duration | undefined): string | undefined {
  return duration && String(duration.toSeconds({ integral: false }));
}

/**
 * The settings with what a properties file would change in their values written out.
 *
 * Strimzi (1.2.0, KafkaBrokerConfigurationBuilder) copies `listenerConfig` into such a file as it is, where a backslash
 * begins an escape, a line ends the value, and only Latin-1 can be read.
 */
function asProperties(settings: Record<string, string | number>): Record<string, string | number> {
  const written = Object.entries(settings).map(([name, value]) => [
    name,
    typeof value === 'string' ? propertiesValue(value) : value,
  ]);
  return Object.fromEntries(written) as Record<string, string | number>;
}

function propertiesValue(value: string): string {
  return value
    .replace(/\\/g, '\\\\')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
