import { ApiObject, Lazy, Size } from 'cdk8s';
import { Cpu, Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ClientFiles } from '../../connection/client-files';
import { CLIENT_FILES_RULES } from '../../connection/client-files-rules';
import { JavaClientClasses } from '../../connection/java-settings';
import { renderPodFiles } from '../../connection/pod-files';
import { providerSettings } from '../../connection/secret-references';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../../kubernetes/hardening';
import { isDnsSubdomain } from '../../kubernetes/names';
import { NetworkPeer } from '../../kubernetes/network-peer';
import { serviceHost, serviceHosts } from '../../kubernetes/place';
import { ResourceProps, renderResources } from '../../kubernetes/resources';
import { workloadLabels } from '../../kubernetes/workload';
import { addWorkloadPolicy } from '../../kubernetes/workload-policy';
import { WORKLOAD_RULES } from '../../kubernetes/workload-rules';
import { literalEnvValue } from '../../kubernetes/env-value';
import { enforce } from '../../validation/rule';
import { propertyValue, variableName } from '../confluent/confluent-env';

import { CONFLUENT_KAFKA_CONNECT_RULES } from './confluent-kafka-connect-rules';
import {
  REST_PORT,
  groupSettings,
  loginSettings,
  restSettings,
  systemProperties,
} from './confluent-kafka-connect-settings';
import { KafkaConnect, KafkaConnectProps } from './kafka-connect';
import { KafkaConnector } from './kafka-connector';
import { RestKeyStore } from './rest-key-store';

const IMAGE = 'confluentinc/cp-kafka-connect:8.3.1';
const USER = 1000;
/** The beginning of the variables that the image takes for settings. */
const PREFIX = 'CONNECT_';

const RESOURCES: ResourceProps = { cpuRequest: Cpu.millis(500), cpuLimit: Cpu.units(2), memory: Size.gibibytes(2) };

/** Folders that the image writes to when it starts. */
const WRITABLE: readonly [string, string][] = [
  ['tmp', '/tmp'],
  ['configuration', '/etc/kafka-connect'],
  ['logging', '/etc/kafka'],
];

/** Workers that run in Confluent's image. Give exactly one of `restKeyStore` and `unencrypted`. */
export interface ConfluentKafkaConnectProps extends KafkaConnectProps {
  /**
   * The certificate that the REST interface shows: it then speaks HTTPS only.
   *
   * @default - none: `unencrypted` must say so
   */
  readonly restKeyStore?: RestKeyStore;
  /**
   * Lets the REST interface speak plain HTTP.
   *
   * @default false
   */
  readonly unencrypted?: boolean;
  /**
   * An image with the plugins of the connectors, by version or digest. It must be made from Confluent's image.
   *
   * @default - `confluentinc/cp-kafka-connect` 8.3.1
   */
  readonly image?: string;
  /**
   * The domain of the Kubernetes cluster, such as `cluster.local`, if the URL should contain it.
   *
   * @default - hosts end in `.svc`, which resolves in every cluster
   */
  readonly clusterDomain?: string;
}

/**
 * A Connect cluster in Confluent's image: Deployment, Service and NetworkPolicy. Each connector becomes a ConfigMap with
 * the JSON text that its creator posts to the REST interface.
 *
 * The REST interface has no login, so who may use it is decided by the NetworkPolicy: the workers, and whoever
 * `allowFrom()` names.
 *
 * @see confluentinc/kafka-images 8.3, kafka-connect-base
 */
export class ConfluentKafkaConnect extends KafkaConnect {
  /**
   * The names that the certificate of a Connect cluster must be valid for.
   *
   * @param name the name of the Connect cluster
   * @param namespace its namespace
   * @param clusterDomain the domain of the Kubernetes cluster; `cluster.local` if not given
   */
  public static dnsNames(name: string, namespace: string, clusterDomain?: string): string[] {
    return serviceHosts(name, namespace, clusterDomain);
  }

  public readonly apiObject: ApiObject;
  /** The certificate that the REST interface shows; none if it speaks plain HTTP. */
  public readonly restKeyStore?: RestKeyStore;
  /** Whether the REST interface may speak plain HTTP. */
  public readonly unencrypted: boolean;
  /** The host name of the Service. */
  public readonly serviceHost: string;

  private readonly image: string;
  private readonly resources: ResourceProps;
  private readonly peers: NetworkPeer[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the Deployment's name if none is given
   * @param props the workers
   */
  public constructor(scope: Construct, id: string, props: ConfluentKafkaConnectProps) {
    super(scope, id, props);
    const { connectName: name, namespace, _labels: labels } = this;
    this.restKeyStore = props.restKeyStore;
    this.unencrypted = props.unencrypted ?? false;
    this.image = props.image ?? IMAGE;
    this.resources = props.resources ?? RESOURCES;
    this.serviceHost = serviceHost(name, namespace, props.clusterDomain);
    this._files.addConnection(this.connection, this._classes);
    for (const key of [this.restKeyStore?.keystore, this.restKeyStore?.password]) if (key) this._files.addKey(key);

    // Connectors are declared later, and bring files and settings.
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace, labels },
      spec: Lazy.any({ produce: () => this.render() }) as object,
    });
    this.addService(labels);
    this.allowFrom(NetworkPeer.pods({ labels, namespace }));
    addWorkloadPolicy(this, { name, namespace, labels, port: REST_PORT, peers: () => this.peers });
    this.connection.allowFromPods(labels);

    enforce(this, WORKLOAD_RULES, { name, image: this.image });
    enforce<ClientFiles>(this, CLIENT_FILES_RULES, this._files);
    enforce(this, CONFLUENT_KAFKA_CONNECT_RULES, this);
  }

  /** The URL of the REST interface, without a slash at its end. */
  public get url(): string {
    return `${this.restKeyStore ? 'https' : 'http'}://${this.serviceHost}:${REST_PORT}`;
  }

  /**
   * Opens the workers' REST interface, which has no login: whoever reaches it may run connectors as their users.
   *
   * @param peer who may connect
   */
  public allowFrom(peer: NetworkPeer): void {
    this.peers.push(peer);
  }

  /** @internal */
  public get _classes(): JavaClientClasses {
    return JavaClientClasses.KAFKA_ALONE;
  }

  /** @internal */
  public get _labels(): { [label: string]: string } {
    return workloadLabels('kafka-connect', this.connectName);
  }

  /** @internal The image gives the workers no `metric.reporters`. */
  public get _reserved(): readonly string[] {
    return ['listeners', 'rest.advertised.', 'metric.reporters', 'ssl.'];
  }

  /** @internal Files are where `ClientFiles` puts them. */
  public _place(text: string): string {
    return text;
  }

  /** @internal */
  public _addConnector(connector: KafkaConnector): ApiObject {
    const { connectorName, connectorClass, tasksMax, state, version } = connector;
    const description = {
      name: connectorName,
      initial_state: state.toUpperCase(),
      config: {
        'connector.class': connectorClass,
        'tasks.max': String(tasksMax),
        ...(version === undefined ? {} : { 'connector.plugin.version': version }),
        ...Object.fromEntries(
          Object.entries(connector._settings()).map(([setting, value]) => [setting, String(value)]),
        ),
      },
    };
    return new ApiObject(connector, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `${this.connectName}-${connectorName}`, namespace: this.namespace, labels: this._labels },
      data: { 'connector.json': `${JSON.stringify(description, undefined, 2)}\n` },
    });
  }

  /** @internal */
  public _connectorFaults({ connectorName }: KafkaConnector): string[] {
    const name = `${this.connectName}-${connectorName}`;
    return isDnsSubdomain(name) ? [] : [`no ConfigMap can be named '${name}'`];
  }

  /** @internal The settings of a worker, but for its address, which is that of its pod. */
  public _settings(): { [setting: string]: string } {
    const settings = {
      ...loginSettings(this.connection),
      ...groupSettings(this.groupId, this._storage()),
      ...restSettings(this.restKeyStore),
      ...Object.fromEntries(Object.entries(this._workerSettings()).map(([name, value]) => [name, String(value)])),
    };
    return { ...settings, ...providerSettings({ ...settings, ...this.referring() }) };
  }

  /** The settings of connectors that refer to secret values. */
  private referring(): { [setting: string]: string } {
    return Object.assign({}, ...this._connectors().map((connector) => connector._derived)) as {
      [setting: string]: string;
    };
  }

  private render(): object {
    const { image, _labels: labels } = this;
    const { volumes, volumeMounts, initContainers } = renderPodFiles(this._files, image, USER);
    const probe = { path: '/health', port: REST_PORT, scheme: this.restKeyStore ? 'HTTPS' : 'HTTP' };
    return {
      replicas: this.replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          // A Service called connect would put variables such as CONNECT_PORT into the pod, which are settings to it.
          enableServiceLinks: false,
          securityContext: { ...RESTRICTED_POD, runAsUser: USER },
          ...(initContainers.length > 0 ? { initContainers } : {}),
          containers: [
            {
              name: 'kafka-connect',
              image,
              imagePullPolicy: 'IfNotPresent',
              env: this.environment(),
              ports: [{ name: 'rest', containerPort: REST_PORT }],
              volumeMounts: [...volumeMounts, ...WRITABLE.map(([name, mountPath]) => ({ name, mountPath }))],
              resources: renderResources(this.resources),
              // The workers look for their plugins and join their group before they answer.
              startupProbe: { httpGet: probe, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 60 },
              readinessProbe: { httpGet: probe, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
              livenessProbe: { httpGet: probe, periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
              securityContext: {
                ...RESTRICTED_CONTAINER,
                privileged: false,
                readOnlyRootFilesystem: true,
                runAsUser: USER,
              },
            },
          ],
          volumes: [...volumes, ...WRITABLE.map(([name]) => ({ name, emptyDir: { sizeLimit: '64Mi' } }))],
        },
      },
    };
  }

  private environment(): object[] {
    const properties = systemProperties([
      this.connection,
      ...this._connectors().map((connector) => connector.connection),
    ]);
    const options = Object.entries(properties).map(([property, value]) => `-D${property}=${value}`);
    return [
      ...Object.entries(this._settings()).map(([setting, value]) => ({
        name: variableName(PREFIX, setting),
        value: literalEnvValue(propertyValue(value)),
      })),
      {
        name: variableName(PREFIX, 'rest.advertised.host.name'),
        valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
      },
      { name: 'LOG_DIR', value: '/tmp' },
      ...(options.length > 0 ? [{ name: 'KAFKA_OPTS', value: literalEnvValue(options.join(' ')) }] : []),
    ];
  }

  private addService(labels: { [label: string]: string }): void {
    const service = new Service(this, 'Service', {
      metadata: { name: this.connectName, namespace: this.namespace, labels },
      ports: [{ name: this.restKeyStore ? 'https' : 'http', port: REST_PORT, targetPort: REST_PORT }],
    });
    for (const [label, value] of Object.entries(labels)) service.selectLabel(label, value);
  }
}
