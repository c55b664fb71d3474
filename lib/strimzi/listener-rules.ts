import { Rule, faultIf } from '../validation/rule';
import type { KafkaListener } from './kafka-listener';
import { CustomListenerProps, OAuthListenerProps } from './listener-authentication';
import { customSettings } from './listener-settings';

const NAME = /^[a-z0-9]{1,11}$/;
const RESERVED_PORTS = [9404, 9999];
const JAAS_SETTING = /(^|\.)sasl\.jaas\.config$/;
const SASL_SETTING = /(^|\.)sasl\./;

/** Which `configuration` fields belong to which listener types; all others belong to every type. */
const FIELD_TYPES: Record<string, readonly string[]> = {
  useServiceDnsDomain: ['internal', 'cluster-ip'],
  ipFamilyPolicy: ['cluster-ip', 'nodeport', 'loadbalancer', 'ingress', 'route', 'tlsroute'],
  ipFamilies: ['cluster-ip', 'nodeport', 'loadbalancer', 'ingress', 'route', 'tlsroute'],
  publishNotReadyAddresses: ['cluster-ip', 'nodeport', 'loadbalancer', 'ingress', 'route', 'tlsroute'],
  perBrokerLabelsTemplate: ['cluster-ip', 'nodeport', 'loadbalancer', 'ingress', 'route', 'tlsroute'],
  perBrokerAnnotationsTemplate: ['cluster-ip', 'nodeport', 'loadbalancer', 'ingress', 'route', 'tlsroute'],
  controllerClass: ['ingress', 'loadbalancer'],
  preferredNodePortAddressType: ['nodeport'],
  externalIPs: ['nodeport'],
  externalTrafficPolicy: ['loadbalancer', 'nodeport'],
  loadBalancerSourceRanges: ['loadbalancer'],
  finalizers: ['loadbalancer'],
  allocateLoadBalancerNodePorts: ['loadbalancer'],
  createBootstrapService: ['loadbalancer'],
  hostTemplate: ['ingress', 'route', 'tlsroute'],
  parentRefs: ['tlsroute'],
};

/** The same for the fields of `configuration.bootstrap` and `configuration.brokers[]`. */
const ENDPOINT_FIELD_TYPES: Record<string, readonly string[]> = {
  nodePort: ['loadbalancer', 'nodeport'],
  loadBalancerIP: ['loadbalancer'],
  externalIPs: ['nodeport'],
  host: ['ingress', 'route', 'tlsroute'],
  labels: ['cluster-ip', 'nodeport', 'loadbalancer', 'ingress', 'route', 'tlsroute'],
  annotations: ['cluster-ip', 'nodeport', 'loadbalancer', 'ingress', 'route', 'tlsroute'],
};

const VALIDATOR = 'Strimzi 1.2.0, cluster-operator/.../model/ListenersValidator.java';
const OAUTH = 'strimzi-kafka-oauth 0.18.0, README "Configuring the Kafka Broker"';

export const LISTENER_RULES: readonly Rule<KafkaListener>[] = [
  {
    id: 'listener-name',
    holds: 'A listener has a name of 1 to 11 lower-case letters and digits.',
    remedy: "choose a name such as 'tls' or 'scram1'",
    source: 'Strimzi 1.2.0, GenericKafkaListener.LISTENER_NAME_REGEX',
    faults: (l) => faultIf(!NAME.test(l.listenerName), `the listener name '${l.listenerName}' does not match ${NAME.source}`),
  },
  {
    id: 'listener-port',
    holds: 'A listener has a port from 9092 to 65535, other than 9404 (metrics) and 9999 (JMX).',
    remedy: 'choose a port from 9092 on, such as 9093',
    source: VALIDATOR,
    faults: (l) =>
      faultIf(
        !Number.isInteger(l.port) || l.port < 9092 || l.port > 65535 || RESERVED_PORTS.includes(l.port),
        `listener '${l.listenerName}' cannot have port ${l.port}`,
      ),
  },
  {
    id: 'listener-tls-required',
    holds: 'Client certificates, a certificate of its own, and types that route by the TLS name need TLS.',
    remedy: 'leave tls at true',
    source: VALIDATOR,
    faults: (l) => {
      if (l.tls) return [];
      const name = `listener '${l.listenerName}' has TLS off`;
      const { kind } = l.authentication._details;
      return [
        ...faultIf(kind === 'tls', `${name}, and client certificates are part of TLS`),
        ...faultIf(
          kind === 'custom' && customOf(l)?.trustedClients !== undefined,
          `${name}, and client certificates are part of TLS`,
        ),
        ...faultIf(l.certificate !== undefined, `${name}, and its own certificate would never be shown`),
        ...faultIf(l.type.needsTls, `${name}, and type ${l.type.name} routes by the name in the TLS handshake`),
      ];
    },
  },
  {
    id: 'listener-clear-credentials',
    holds: 'Passwords and tokens do not cross the network in clear.',
    remedy: 'leave tls at true, or say unencryptedCredentials: true where the network is trusted',
    source: 'Strimzi 1.2.0 accepts SASL without TLS and says nothing',
    faults: (l) =>
      faultIf(
        !l.tls && l.authentication.sasl && !l.unencryptedCredentials,
        `listener '${l.listenerName}' on port ${l.port} has TLS off, and clients would send their credentials in clear`,
      ),
  },
  {
    id: 'listener-hosts',
    holds: 'Listeners of type ingress and tlsroute know the host names of their brokers.',
    remedy: "give hostTemplate, such as 'broker-{nodeId}.kafka.example.com', or brokerHosts, and at least one Gateway",
    source: VALIDATOR,
    faults: (l) => l.type._faults().map((fault) => `listener '${l.listenerName}': ${fault}`),
  },
  {
    id: 'listener-configuration',
    holds: 'Each field of the configuration belongs to the type of the listener.',
    remedy: 'remove the field, or choose the type that has it',
    source: VALIDATOR,
    faults: misplacedFields,
  },
  {
    id: 'listener-certificate',
    holds: 'The certificate and the key of a listener are in one Secret of the cluster’s namespace.',
    remedy: 'issue the certificate in the namespace of the Kafka cluster, with both parts in one Secret',
    source: 'Strimzi 1.2.0, api/.../CertAndKeySecretSource.java (brokerCertChainAndKey has one secretName)',
    faults: (l) => {
      if (!l.certificate) return [];
      const { certificate, privateKey } = l.certificate;
      const elsewhere = certificate.namespace !== undefined && certificate.namespace !== l.cluster.namespace;
      return [
        ...faultIf(certificate.secretName !== privateKey.secretName, `listener '${l.listenerName}': the certificate is in Secret ${certificate.secretName}, its key in ${privateKey.secretName}`),
        ...faultIf(elsewhere, `listener '${l.listenerName}': the certificate ${certificate.toString()} is not in namespace ${l.cluster.namespace}`),
      ];
    },
  },
  {
    id: 'listener-certificate-names',
    holds: 'The certificate of a listener is valid for the name that clients connect to.',
    remedy: 'add the name to the DNS names of the certificate',
    source: 'RFC 9110, 4.3.4: Kafka clients check the host name (ssl.endpoint.identification.algorithm=https)',
    faults: (l) => {
      const host = l.bootstrapServers?.replace(/:\d+$/, '');
      if (!l.certificate || host === undefined || coversHost(l.certificate.dnsNames, host)) return [];
      return [`listener '${l.listenerName}': the certificate '${l.certificate.commonName}' is not valid for ${host}`];
    },
  },
  {
    id: 'oauth-audience',
    holds: 'Brokers accept only tokens that were issued for them.',
    remedy: "give audience: 'kafka', or say acceptAnyAudience: true",
    source: OAUTH,
    faults: (l) =>
      onOAuth(l, (o) => [
        ...faultIf(o.audience === undefined && !o.acceptAnyAudience, `listener '${l.listenerName}' does not check the audience of tokens`),
        ...faultIf(o.audience !== undefined && o.acceptAnyAudience === true, `listener '${l.listenerName}' has an audience and accepts any`),
      ]),
  },
  {
    id: 'oauth-times',
    holds: 'Signing keys expire later than they are fetched anew, and connections must authenticate again some time.',
    remedy: 'make jwksExpiry longer than jwksRefresh (at least 60 seconds more), and reauthentication longer than nothing',
    source: 'strimzi-kafka-oauth 0.18.0, JWTSignatureValidator: expiry is at least 60 seconds more than refresh',
    faults: (l) =>
      onOAuth(l, (o) => {
        const refresh = o.jwksRefresh?.toSeconds() ?? 300;
        const expiry = o.jwksExpiry?.toSeconds() ?? 360;
        return [
          ...faultIf(expiry < refresh + 60, `listener '${l.listenerName}' fetches signing keys every ${refresh} s and drops them after ${expiry} s`),
          ...faultIf(o.reauthentication?.toMilliseconds() === 0, `listener '${l.listenerName}' would never ask clients to authenticate again`),
        ];
      }),
  },
  {
    id: 'oauth-endpoints',
    holds: 'An identity provider is spoken to over https, and its introspection endpoint is known if it is used.',
    remedy: 'use https URLs, and for introspection give audience and the introspectionEndpointUri of the issuer',
    source: OAUTH,
    faults: (l) =>
      onOAuth(l, (o) => [
        ...[o.issuer.jwksEndpointUri, o.issuer.tokenEndpointUri, o.issuer.issuerUri]
          .filter((uri) => !uri.startsWith('https://'))
          .map((uri) => `listener '${l.listenerName}': ${uri} is not https`),
        ...faultIf(
          o.introspectionClientSecret !== undefined && (!o.issuer.introspectionEndpointUri || !o.audience),
          `listener '${l.listenerName}' has a secret for token introspection, but no endpoint or client id for it`,
        ),
      ]),
  },
  {
    id: 'broker-trust',
    holds: 'Brokers read the certificates of an authority from one key of a Secret in their own namespace.',
    remedy: 'give the authority by a Secret key in the namespace of the Kafka cluster: TrustedCertificates.fromSecret(name, key)',
    source: 'strimzi-kafka-oauth 0.18.0 and Kafka 4.3.1: ssl.truststore.location is one file',
    faults: (l) =>
      brokerTrusts(l).flatMap((trust) => [
        ...faultIf(trust.key === undefined, `listener '${l.listenerName}' trusts ${trust.toString()}, which is not a single file`),
        ...faultIf(
          trust.namespace !== undefined && trust.namespace !== l.cluster.namespace,
          `listener '${l.listenerName}' trusts ${trust.toString()}, which brokers in namespace ${l.cluster.namespace} cannot mount`,
        ),
      ]),
  },
  {
    id: 'custom-keystore',
    holds: 'A custom listener does not set its key store: Strimzi drops those settings.',
    remedy: 'remove ssl.keystore.*, and give the listener a certificate instead',
    source: 'Strimzi 1.2.0, KafkaBrokerConfigurationBuilder.java',
    faults: (l) =>
      onCustom(l, (c) =>
        Object.keys(c.listenerConfig ?? {})
          .filter((key) => key.startsWith('ssl.keystore.'))
          .map((key) => `listener '${l.listenerName}' sets ${key}`),
      ),
  },
  {
    id: 'custom-sasl',
    holds: 'A custom listener with SASL names its mechanisms, and one without SASL has no SASL settings.',
    remedy: "set sasl: true together with 'sasl.enabled.mechanisms', or neither",
    source: 'Kafka 4.3.1, SaslChannelBuilder; Strimzi 1.2.0 does not check it',
    faults: (l) =>
      onCustom(l, (c) => {
        const settings = Object.keys(customSettings(c));
        return [
          ...faultIf(c.sasl && !settings.includes('sasl.enabled.mechanisms'), `listener '${l.listenerName}' logs clients in by SASL, but no mechanism is enabled`),
          ...faultIf(!c.sasl && settings.some((key) => SASL_SETTING.test(key)), `listener '${l.listenerName}' has SASL settings, but sasl is false`),
        ];
      }),
  },
  {
    id: 'custom-jaas',
    holds: 'A JAAS configuration is one line that ends in a semicolon.',
    remedy: 'write it as "module required name=\\"value\\" ;" without line breaks',
    source: 'Strimzi 1.2.0 writes listenerConfig into a properties file as it is; Kafka 4.3.1, JaasConfig.java',
    faults: (l) =>
      onCustom(l, (c) =>
        Object.entries(customSettings(c))
          .filter(([key, value]) => JAAS_SETTING.test(key) && (/[\r\n]/.test(value) || !/;\s*$/.test(value)))
          .map(([key]) => `listener '${l.listenerName}': ${key} is not one line that ends in ';'`),
      ),
  },
  {
    id: 'custom-oauth-sub',
    holds: 'An OAUTHBEARER JAAS configuration with options and no login handler names a subject.',
    remedy: 'add unsecuredLoginStringClaim_sub="unused", or use ListenerAuthentication.oauth()',
    source: 'Kafka 4.3.1, OAuthBearerUnsecuredLoginCallbackHandler; the broker stops at start otherwise',
    faults: (l) =>
      onCustom(l, (c) => {
        const settings = customSettings(c);
        const jaas = settings['oauthbearer.sasl.jaas.config'];
        const bare = jaas === undefined || !/required\s+[^;\s]/.test(jaas);
        const handled = 'oauthbearer.sasl.login.callback.handler.class' in settings;
        return faultIf(!bare && !handled && !jaas.includes('unsecuredLoginStringClaim_sub='), `listener '${l.listenerName}': oauthbearer.sasl.jaas.config lacks unsecuredLoginStringClaim_sub`);
      }),
  },
  {
    id: 'custom-files',
    holds: 'Files below /mnt that a custom listener speaks of are mounted.',
    remedy: "add mounts: [BrokerMount.secret('name', { keys: ['file'] })], or give trustedClients",
    source: 'Strimzi 1.2.0, AdditionalVolume.java: what is not in a volume is not in the broker',
    faults: (l) =>
      onCustom(l, (c) => {
        const mounts = [...l._authentication().mounts, ...l.cluster._ownMounts()];
        const mounted = (path: string) =>
          mounts.some((m) => path.startsWith(`${m.path}/`) && (!m.keys || m.keys.includes(path.slice(m.path.length + 1))));
        return Object.entries(customSettings(c))
          .flatMap(([key, value]) => [...value.matchAll(/\/mnt\/[^\s"';,]+/g)].map(([path]) => ({ key, path })))
          .filter(({ path }) => !mounted(path))
          .map(({ key, path }) => `listener '${l.listenerName}': ${key} speaks of ${path}, which nothing mounts`);
      }),
  },
];

function customOf(listener: KafkaListener): CustomListenerProps | undefined {
  const details = listener.authentication._details;
  return details.kind === 'custom' ? details.custom : undefined;
}

function onCustom(listener: KafkaListener, faults: (custom: CustomListenerProps) => string[]): string[] {
  const custom = customOf(listener);
  return custom ? faults(custom) : [];
}

function onOAuth(listener: KafkaListener, faults: (oauth: OAuthListenerProps) => string[]): string[] {
  const details = listener.authentication._details;
  return details.kind === 'oauth' ? faults(details.oauth) : [];
}

function brokerTrusts(listener: KafkaListener) {
  const details = listener.authentication._details;
  const trust =
    details.kind === 'oauth' ? details.oauth.issuer.trust : details.kind === 'custom' ? details.custom.trustedClients : undefined;
  return trust ? [trust] : [];
}

function misplacedFields(listener: KafkaListener): string[] {
  const { bootstrap, brokers, ...fields } = listener._configuration();
  const type = listener.type.name;
  const misplaced = (types: Record<string, readonly string[]>, object: unknown) =>
    Object.keys((object ?? {}) as object).filter((field) => types[field] !== undefined && !types[field].includes(type));
  return [
    ...misplaced(FIELD_TYPES, fields),
    ...misplaced(ENDPOINT_FIELD_TYPES, bootstrap).map((field) => `bootstrap.${field}`),
    ...((brokers as object[] | undefined) ?? []).flatMap((broker) => misplaced(ENDPOINT_FIELD_TYPES, broker).map((field) => `brokers[].${field}`)),
  ].map((field) => `listener '${listener.listenerName}' of type ${type} has no ${field}`);
}

/** Whether one of the certificate's names, of which the first label may be a wildcard, is the host. */
function coversHost(dnsNames: readonly string[], host: string): boolean {
  return dnsNames.some((name) => name === host || (name.startsWith('*.') && name.slice(1) === host.slice(host.indexOf('.'))));
}
