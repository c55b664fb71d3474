import { SaslMechanism } from '../access/protocol';
import { Rule, faultIf } from '../validation/rule';
import type { KafkaListener } from './kafka-listener';
import { CustomListenerProps } from './listener-authentication';
import { customSettings, mechanismsOf } from './listener-settings';

const JAAS_SETTING = /(^|\.)sasl\.jaas\.config$/;
/** Mechanisms whose login modules are named per listener; Kerberos is mostly set up for the whole JVM. */
const JAAS_MECHANISMS: readonly string[] = Object.values(SaslMechanism).filter(
  (mechanism) => mechanism !== SaslMechanism.GSSAPI,
);
const SASL_SETTING = /(^|\.)sasl\./;

export const CUSTOM_LISTENER_RULES: readonly Rule<KafkaListener>[] = [
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
        const settings = customSettings(c);
        return [
          ...faultIf(
            c.sasl && mechanismsOf(settings).length === 0,
            `listener '${l.listenerName}' logs clients in by SASL, but no mechanism is enabled`,
          ),
          ...faultIf(
            !c.sasl && Object.keys(settings).some((key) => SASL_SETTING.test(key)),
            `listener '${l.listenerName}' has SASL settings, but sasl is false`,
          ),
        ];
      }),
  },
  {
    id: 'custom-jaas',
    holds:
      'Each mechanism of a custom listener has a JAAS configuration of its own: one line that ends in a semicolon.',
    remedy:
      'write it as "module required name=\\"value\\" ;" without line breaks, under <mechanism in lower case>.sasl.jaas.config',
    source:
      'Strimzi 1.2.0 writes listenerConfig into a properties file as it is; Kafka 4.3.1, JaasConfig.java, JaasContext.java',
    faults: (l) =>
      onCustom(l, (c) => {
        const settings = customSettings(c);
        return [
          ...Object.entries(settings)
            .filter(([key, value]) => JAAS_SETTING.test(key) && (/[\r\n]/.test(value) || !/;\s*$/.test(value)))
            .map(([key]) => `listener '${l.listenerName}': ${key} is not one line that ends in ';'`),
          ...faultIf(
            'sasl.jaas.config' in settings,
            `listener '${l.listenerName}': sasl.jaas.config is for no mechanism`,
          ),
          ...mechanismsOf(settings)
            .filter((mechanism) => JAAS_MECHANISMS.includes(mechanism))
            .map((mechanism) => `${mechanism.toLowerCase()}.sasl.jaas.config`)
            .filter((key) => !(key in settings))
            .map((key) => `listener '${l.listenerName}' has no ${key}`),
        ];
      }),
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
        return faultIf(
          !bare && !handled && !jaas.includes('unsecuredLoginStringClaim_sub='),
          `listener '${l.listenerName}': oauthbearer.sasl.jaas.config lacks unsecuredLoginStringClaim_sub`,
        );
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
          mounts.some(
            (m) => path.startsWith(`${m.path}/`) && (!m.keys || m.keys.includes(path.slice(m.path.length + 1))),
          );
        return Object.entries(customSettings(c))
          .flatMap(([key, value]) => [...value.matchAll(/\/mnt\/[^\s"';,]+/g)].map(([path]) => ({ key, path })))
          .filter(({ path }) => !mounted(path))
          .map(({ key, path }) => `listener '${l.listenerName}': ${key} speaks of ${path}, which nothing mounts`);
      }),
  },
];

/** The settings of a listener with custom authentication. */
export function customOf(listener: KafkaListener): CustomListenerProps | undefined {
  const details = listener.authentication._details;
  return details.kind === 'custom' ? details.custom : undefined;
}

function onCustom(listener: KafkaListener, faults: (custom: CustomListenerProps) => string[]): string[] {
  const custom = customOf(listener);
  return custom ? faults(custom) : [];
}
