/** An internal listener, reached through the Services of the cluster. */
export interface InternalListenerProps {
  /**
   * Whether brokers advertise names that end in the cluster's domain instead of `.svc`.
   *
   * @default false
   */
  readonly useServiceDnsDomain?: boolean;
}

/** A listener on a port of every Kubernetes node. */
export interface NodePortListenerProps {
  /**
   * A name that clients outside use for the nodes. Brokers advertise it, and it goes into their certificates.
   *
   * Addresses of nodes never stand in the certificates, so without it no client can verify a broker.
   *
   * @default - none: nothing can connect with TLS verification
   */
  readonly externalName?: string;
  /**
   * The port of the bootstrap Service on the nodes.
   *
   * @default - one that Kubernetes chooses
   */
  readonly bootstrapNodePort?: number;
  /**
   * The names under which the brokers are reached from outside, by broker id.
   *
   * @default - `externalName`, or else the addresses of the nodes
   */
  readonly advertisedHosts?: { [brokerId: string]: string };
}

/** A listener behind one load balancer for each broker and one for bootstrap. */
export interface LoadBalancerListenerProps {
  /**
   * The DNS name of the bootstrap load balancer; it goes into the brokers' certificates.
   *
   * @default - none: the address becomes known when the load balancer exists
   */
  readonly externalName?: string;
  /**
   * The addresses that the load balancers let in.
   *
   * @default - all
   */
  readonly sourceRanges?: string[];
  /**
   * Annotations of the Services, for the cloud's load balancer controller.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** A listener behind OpenShift Routes. TLS is passed through. */
export interface RouteListenerProps {
  /**
   * The host name of the bootstrap Route.
   *
   * @default - one that OpenShift chooses
   */
  readonly bootstrapHost?: string;
  /**
   * The host names of the brokers, with `{nodeId}` for the broker's id or `{nodePodName}` for the name of its pod.
   *
   * @default - ones that OpenShift chooses
   */
  readonly hostTemplate?: string;
}

/** A listener behind an Ingress controller that passes TLS through. Give `hostTemplate` or `brokerHosts`. */
export interface IngressListenerProps {
  /** The host name of the bootstrap Ingress. */
  readonly bootstrapHost: string;
  /**
   * The host names of the brokers, with `{nodeId}` for the broker's id or `{nodePodName}` for the name of its pod.
   *
   * @default - `brokerHosts` says it
   */
  readonly hostTemplate?: string;
  /**
   * The host name of each broker, by the broker's id.
   *
   * @default - `hostTemplate` says it
   */
  readonly brokerHosts?: { [brokerId: string]: string };
  /**
   * The class of the Ingress controller.
   *
   * @default - the cluster's default class
   */
  readonly controllerClass?: string;
}

/** A Gateway that TLS routes hang on. */
export interface GatewayReference {
  /** The name of the Gateway. */
  readonly name: string;
  /**
   * The namespace of the Gateway.
   *
   * @default - that of the Kafka cluster
   */
  readonly namespace?: string;
  /**
   * The section (listener) of the Gateway.
   *
   * @default - every section that fits
   */
  readonly sectionName?: string;
}

/** A listener behind TLSRoutes of the Gateway API. Give `hostTemplate` or `brokerHosts`. */
export interface TlsRouteListenerProps {
  /** The Gateways that carry the routes. */
  readonly gateways: GatewayReference[];
  /** The host name of the bootstrap route. */
  readonly bootstrapHost: string;
  /**
   * The host names of the brokers, with `{nodeId}` for the broker's id or `{nodePodName}` for the name of its pod.
   *
   * @default - `brokerHosts` says it
   */
  readonly hostTemplate?: string;
  /**
   * The host name of each broker, by the broker's id.
   *
   * @default - `hostTemplate` says it
   */
  readonly brokerHosts?: { [brokerId: string]: string };
}

/** @internal What the kinds of listeners need of a listener to say how it is reached. */
export interface _BootstrapContext {
  readonly clusterName: string;
  readonly listenerName: string;
  readonly port: number;
  /** The host of a Service, as clients are told to connect to it. */
  readonly host: (service: string) => string;
  /** The host of a Service, as brokers advertise it: with the cluster's domain or without. */
  readonly advertisedHost: (service: string, withDomain: boolean) => string;
}

/** @internal A broker, as far as its addresses depend on it. */
export interface _BrokerAddress {
  readonly id: number;
  readonly podName: string;
  readonly poolName: string;
}

/** @internal The host names in the arguments of a type. */
export interface _ListenerHosts {
  /** Whether the type works only if the host of every broker is given. */
  readonly needed?: boolean;
  readonly bootstrap?: string;
  readonly template?: string;
  readonly byBroker?: { [brokerId: string]: string };
}

interface ListenerTypeDetails {
  readonly name: string;
  readonly needsTls?: boolean;
  readonly outside?: boolean;
  readonly configuration?: Record<string, unknown>;
  readonly hosts?: _ListenerHosts;
  readonly bootstrap: (context: _BootstrapContext) => string | undefined;
  readonly advertised: (context: _BootstrapContext, broker: _BrokerAddress) => string | undefined;
}

/**
 * How a listener is reached.
 *
 * @see Strimzi 1.2.0, api/.../listener/KafkaListenerType.java
 */
export class ListenerType {
  /**
   * From pods, through the Services that all internal listeners share.
   *
   * @param props how brokers are addressed
   */
  public static internal(props: InternalListenerProps = {}): ListenerType {
    return new ListenerType({
      name: 'internal',
      configuration: props.useServiceDnsDomain ? { useServiceDnsDomain: true } : undefined,
      bootstrap: ({ clusterName, port, host }) => `${host(`${clusterName}-kafka-bootstrap`)}:${port}`,
      advertised: ({ clusterName, advertisedHost }, { podName }) =>
        `${podName}.${advertisedHost(`${clusterName}-kafka-brokers`, props.useServiceDnsDomain ?? false)}`,
    });
  }

  /** From pods, through a Service for each broker: for proxies and meshes that cannot use headless Services. */
  public static clusterIp(): ListenerType {
    return new ListenerType({
      name: 'cluster-ip',
      bootstrap: ({ clusterName, listenerName, port, host }) =>
        `${host(`${clusterName}-kafka-${listenerName}-bootstrap`)}:${port}`,
      advertised: ({ clusterName, listenerName, port, advertisedHost }, { podName, poolName, id }) => {
        // The one listener whose Services have kept their names from before listeners had names.
        const legacy = listenerName === 'external' && port === 9094;
        return advertisedHost(legacy ? podName : `${clusterName}-${poolName}-${listenerName}-${id}`, false);
      },
    });
  }

  /**
   * From outside, through ports of the Kubernetes nodes.
   *
   * @param props names and ports
   */
  public static nodePort(props: NodePortListenerProps = {}): ListenerType {
    const { externalName, bootstrapNodePort, advertisedHosts } = props;
    return new ListenerType({
      name: 'nodeport',
      outside: true,
      configuration: {
        bootstrap: compact({
          nodePort: bootstrapNodePort,
          alternativeNames: externalName ? [externalName] : undefined,
        }),
        brokers: brokers(advertisedHosts, 'advertisedHost'),
        advertisedHostTemplate: externalName,
      },
      hosts: { bootstrap: externalName, byBroker: advertisedHosts },
      bootstrap: () => (externalName && bootstrapNodePort ? `${externalName}:${bootstrapNodePort}` : undefined),
      advertised: (_, { id }) => advertisedHosts?.[String(id)] ?? externalName,
    });
  }

  /**
   * From outside, through load balancers.
   *
   * @param props names and limits
   */
  public static loadBalancer(props: LoadBalancerListenerProps = {}): ListenerType {
    const { externalName, sourceRanges, annotations } = props;
    return new ListenerType({
      name: 'loadbalancer',
      outside: true,
      configuration: {
        bootstrap: compact({ alternativeNames: externalName ? [externalName] : undefined, annotations }),
        loadBalancerSourceRanges: sourceRanges,
      },
      hosts: { bootstrap: externalName },
      bootstrap: ({ port }) => (externalName ? `${externalName}:${port}` : undefined),
      // Each broker has a load balancer whose address is known when it exists.
      advertised: () => undefined,
    });
  }

  /**
   * From outside, through OpenShift Routes.
   *
   * @param props host names
   */
  public static route(props: RouteListenerProps = {}): ListenerType {
    return new ListenerType({
      name: 'route',
      needsTls: true,
      outside: true,
      configuration: { bootstrap: compact({ host: props.bootstrapHost }), hostTemplate: props.hostTemplate },
      hosts: { bootstrap: props.bootstrapHost, template: props.hostTemplate },
      bootstrap: () => (props.bootstrapHost ? `${props.bootstrapHost}:443` : undefined),
      advertised: (_, broker) => hostOf(broker, undefined, props.hostTemplate),
    });
  }

  /**
   * From outside, through an Ingress controller with TLS passthrough.
   *
   * @param props host names
   */
  public static ingress(props: IngressListenerProps): ListenerType {
    return new ListenerType({
      name: 'ingress',
      needsTls: true,
      outside: true,
      configuration: {
        bootstrap: { host: props.bootstrapHost },
        hostTemplate: props.hostTemplate,
        brokers: brokers(props.brokerHosts, 'host'),
        class: props.controllerClass,
      },
      hosts: {
        needed: true,
        bootstrap: props.bootstrapHost,
        template: props.hostTemplate,
        byBroker: props.brokerHosts,
      },
      bootstrap: () => `${props.bootstrapHost}:443`,
      advertised: (_, broker) => hostOf(broker, props.brokerHosts, props.hostTemplate),
    });
  }

  /**
   * From outside, through TLSRoutes of the Gateway API.
   *
   * @param props Gateways and host names
   */
  public static tlsRoute(props: TlsRouteListenerProps): ListenerType {
    return new ListenerType({
      name: 'tlsroute',
      needsTls: true,
      outside: true,
      configuration: {
        parentRefs: props.gateways.map((gateway) => compact({ ...gateway })),
        bootstrap: { host: props.bootstrapHost },
        hostTemplate: props.hostTemplate,
        brokers: brokers(props.brokerHosts, 'host'),
      },
      hosts: {
        needed: true,
        bootstrap: props.bootstrapHost,
        template: props.hostTemplate,
        byBroker: props.brokerHosts,
      },
      bootstrap: () => `${props.bootstrapHost}:443`,
      advertised: (_, broker) => hostOf(broker, props.brokerHosts, props.hostTemplate),
    });
  }

  private constructor(private readonly details: ListenerTypeDetails) {}

  /** The name of the type in a Kafka resource. */
  public get name(): string {
    return this.details.name;
  }

  /** Whether clients come from outside the Kubernetes cluster, where no pod selector can describe them. */
  public get servesOutside(): boolean {
    return this.details.outside ?? false;
  }

  /** Whether the type works with TLS only, because requests are routed by the name in the TLS handshake. */
  public get needsTls(): boolean {
    return this.details.needsTls ?? false;
  }

  /** @internal Where clients connect first; none if that is not known before the objects exist. */
  public _bootstrapServers(context: _BootstrapContext): string | undefined {
    return this.details.bootstrap(context);
  }

  /** @internal What the type needs of `configuration`. */
  public _configuration(): Record<string, unknown> {
    return compact(this.details.configuration ?? {});
  }

  /** @internal The host that clients are sent to for a broker; none if it is not known before the objects exist. */
  public _advertisedHost(context: _BootstrapContext, broker: _BrokerAddress): string | undefined {
    return this.details.advertised(context, broker);
  }

  /** @internal The host names in the arguments of the type. */
  public _hosts(): _ListenerHosts {
    return this.details.hosts ?? {};
  }
}

/** The host of a broker, which wins over the template, as in Strimzi 1.2.0, `ListenersUtils.brokerHost`. */
function hostOf(
  broker: _BrokerAddress,
  byBroker?: { [brokerId: string]: string },
  template?: string,
): string | undefined {
  return (
    byBroker?.[String(broker.id)] ??
    template?.replaceAll('{nodeId}', String(broker.id)).replaceAll('{nodePodName}', broker.podName)
  );
}

function brokers(hosts: { [brokerId: string]: string } | undefined, field: string): object[] | undefined {
  if (!hosts) return undefined;
  return Object.entries(hosts).map(([id, host]) => ({ broker: Number(id), [field]: host }));
}

/** The object without undefined members and empty objects. */
function compact(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) =>
        value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0),
    ),
  );
}
