import { Rule } from '../validation/rule';
import type { KafkaListener } from './kafka-listener';

/** Which `configuration` fields belong to which listener types; all others belong to every type. */
const FIELD_TYPES: Record<string, readonly string[]> = {
  useServiceDnsDomain: ['internal', 'cluster-ip'],
  ipFamilyPolicy: ['cluster-ip', 'nodeport', 'loadbalancer', 'ingress', 'route', 'tlsroute'],
  ipFamilies: ['cluster-ip', 'nodeport', 'loadbalancer', 'ingress', 'route', 'tlsroute'],
  publishNotReadyAddresses: ['cluster-ip', 'nodeport', 'loadbalancer', 'ingress', 'route', 'tlsroute'],
  perBrokerLabelsTemplate: ['cluster-ip', 'nodeport', 'loadbalancer', 'ingress', 'route', 'tlsroute'],
  perBrokerAnnotationsTemplate: ['cluster-ip', 'nodeport', 'loadbalancer', 'ingress', 'route', 'tlsroute'],
  class: ['ingress', 'loadbalancer'],
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

export const LISTENER_CONFIGURATION_RULES: readonly Rule<KafkaListener>[] = [
  {
    id: 'listener-configuration',
    holds: 'Each field of the configuration belongs to the type of the listener.',
    remedy: 'remove the field, or choose the type that has it',
    source: VALIDATOR,
    faults: misplacedFields,
  },
  {
    id: 'listener-configuration-twice',
    holds: 'Nothing is said twice about a listener.',
    remedy: 'remove the field from configuration, or the property that it repeats',
    source: 'Two values of one field cannot both be used',
    faults: repeatedFields,
  },
];

function repeatedFields(listener: KafkaListener): string[] {
  const own = listener._ownConfiguration();
  const derived = listener._derivedConfiguration();
  const common = (mine: unknown, theirs: unknown) => {
    const fields = Object.keys(theirs ?? {});
    return Object.keys(mine ?? {}).filter((field) => fields.includes(field));
  };
  return [
    ...common(own, derived).filter((field) => field !== 'bootstrap'),
    ...common(own.bootstrap, derived.bootstrap).map((field) => `bootstrap.${field}`),
  ].map((field) => `listener '${listener.listenerName}' has two values for ${field}`);
}

function misplacedFields(listener: KafkaListener): string[] {
  const { bootstrap, brokers, ...fields } = listener._configuration();
  const type = listener.type.name;
  const misplaced = (types: Record<string, readonly string[]>, object: unknown) =>
    Object.keys(object ?? {}).filter((field) => types[field] !== undefined && !types[field].includes(type));
  return [
    ...misplaced(FIELD_TYPES, fields),
    ...misplaced(ENDPOINT_FIELD_TYPES, bootstrap).map((field) => `bootstrap.${field}`),
    ...((brokers as object[] | undefined) ?? []).flatMap((broker) =>
      misplaced(ENDPOINT_FIELD_TYPES, broker).map((field) => `brokers[].${field}`),
    ),
  ].map((field) => `listener '${listener.listenerName}' of type ${type} has no ${field}`);
}
