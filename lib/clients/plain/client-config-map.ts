import { createHash } from 'node:crypto';
import { ApiObject, Size } from 'cdk8s';
import { ConfigMap, Cpu, EmptyDirMedium, EnvValue, Volume, VolumeMount, Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ClientFiles } from '../../connection/client-files';
import { CLIENT_FILES_RULES } from '../../connection/client-files-rules';
import { KafkaConnection } from '../../connection/kafka-connection';
import { attachFiles } from '../../connection/workload-files';
import { PLACE_RULES } from '../../kubernetes/place';
import { containerResources, hardened, literalEnvironment } from '../../kubernetes/workload';
import { childId } from '../../validation/child-id';
import { enforce } from '../../validation/rule';
import { ClientDialect, _RenderedSettings } from './client-dialect';
import { CLIENT_CONFIG_MAP_RULES } from './client-config-map-rules';
import { kcatScript } from './librdkafka-dialects';

/** Where an init container that completes the file sees what it begins with. */
const SETTINGS = '/settings';

/** The settings of a connection for a program of one's own. */
export interface ClientConfigMapProps {
  /** How the program reaches Kafka. */
  readonly connection: KafkaConnection;
  /** What kind of program it is. */
  readonly dialect: ClientDialect;
  /**
   * The name of the ConfigMap.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The folder of the file in the program's containers.
   *
   * @default '/etc/kafka-client'
   */
  readonly folder?: string;
  /**
   * The variable that tells the program where the file is.
   *
   * @default - that of the dialect; none for programs that have no common one
   */
  readonly variable?: string;
}

/** @internal A workload with the settings, and the variables that they need. */
export interface _Attachment {
  readonly workload: Workload;
  readonly variables: { readonly [variable: string]: EnvValue };
}

/**
 * A ConfigMap with the settings of a connection, for a program that you write or run yourself.
 *
 * No secret value is in it: settings name the files of the Secrets, which `attachTo()` mounts. What the program reads
 * and writes is for you to grant: `topic.grantConsume(user, group)`. KafkaJS and librdkafka need it even to read alone.
 */
export class ClientConfigMap extends Construct {
  /** The name of the ConfigMap. */
  public readonly configMapName: string;
  /** The namespace: that of the connection. */
  public readonly namespace: string;
  /** How the program reaches Kafka. */
  public readonly connection: KafkaConnection;
  /** What kind of program it is. */
  public readonly dialect: ClientDialect;
  /** Where the program's containers have the file. */
  public readonly path: string;
  /** The text of the file. */
  public readonly text: string;
  /** The variables that the program needs: where the file is, and what cannot be said in it. */
  public readonly environment: { [variable: string]: string };
  /** The ConfigMap, for what has no property here. */
  public readonly apiObject: ApiObject;

  /** @internal */
  public readonly _rendered: _RenderedSettings;
  private readonly configMap: ConfigMap;
  private readonly folder: string;
  private readonly attachments: _Attachment[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the ConfigMap's name if none is given
   * @param props connection and kind of program
   */
  public constructor(scope: Construct, id: string, props: ClientConfigMapProps) {
    super(scope, id);
    this.connection = props.connection;
    this.dialect = props.dialect;
    this.configMapName = props.name ?? id;
    this.namespace = props.connection.namespace;
    this.folder = props.folder ?? '/etc/kafka-client';
    this.path = `${this.folder}/${this.dialect.fileName}`;
    this._rendered = this.dialect._details.render(this.connection);
    this.text = this._rendered.text;
    const variable = props.variable ?? this.dialect.variable;
    this.environment = { ...(variable === undefined ? {} : { [variable]: this.path }), ...this._rendered.environment };
    this.configMap = new ConfigMap(this, 'ConfigMap', {
      metadata: { name: this.configMapName, namespace: this.namespace },
      data: { [this.dialect.fileName]: this.text },
    });
    this.apiObject = ApiObject.of(this.configMap);

    enforce(this, PLACE_RULES, this);
    enforce(this, CLIENT_CONFIG_MAP_RULES, this);
  }

  /**
   * Gives a workload of yours what its program needs, in each of its containers: the file, the files of the Secrets that
   * it speaks of, the variables, and access through the network. Its pods are replaced when the settings change.
   *
   * Init containers with the image of the first container prepare some of the files. It must have `sh`, `cat`, `sed`,
   * `od` and `tr`.
   *
   * @param workload a Deployment, StatefulSet, DaemonSet or Job with at least one container
   */
  public attachTo(workload: Workload): void {
    const scope = new Construct(this, childId(this, workload.node.id));
    const files = this.files();
    const secrets = attachFiles(scope, workload, files);
    const settings = this.attachSettings(scope, workload, secrets);
    for (const container of workload.containers) container.mount(this.folder, settings, { readOnly: true });
    const variables = literalEnvironment(this.environment);
    for (const { env } of workload.containers) {
      for (const [name, value] of Object.entries(variables)) {
        if (!env.variables[name]) env.addVariable(name, value);
      }
    }
    const checksum = createHash('sha256').update(this.text).digest('hex');
    workload.podMetadata.addAnnotation(`cdk8s-secure-kafka/${this.configMapName}`, checksum);
    this.attachments.push({ workload, variables });
    this.connection.allowFromPods(workload.matchLabels);
    enforce(scope, CLIENT_FILES_RULES, files);
  }

  /** @internal The workloads with the settings. */
  public _attachments(): readonly _Attachment[] {
    return this.attachments;
  }

  /** Java clients read secret values as they are quoted for them, all others as they are. */
  private files(): ClientFiles {
    const { kind, classes } = this.dialect._details;
    switch (kind) {
      case 'java':
      case 'springBoot':
      case 'quarkus':
      case 'kafkaUi':
        return ClientFiles.of([this.connection], classes);
      case 'librdkafka':
      case 'kafkaJs':
      case 'kcat':
        return ClientFiles.ofAnyClient([this.connection]);
    }
  }

  /** The volume of the file: the ConfigMap, or memory in which an init container puts secrets into the file. */
  private attachSettings(scope: Construct, workload: Workload, secrets: readonly VolumeMount[]): Volume {
    const name = `${this.configMapName}-settings`;
    const { librdkafka } = this._rendered;
    const [first] = workload.containers;
    if (!first || !librdkafka || Object.keys(librdkafka.secretFiles).length === 0) {
      return Volume.fromConfigMap(scope, 'settings', this.configMap, { name });
    }
    const memory = Volume.fromEmptyDir(scope, 'settings', name, {
      medium: EmptyDirMedium.MEMORY,
      sizeLimit: Size.mebibytes(1),
    });
    const beginning = Volume.fromConfigMap(scope, 'beginning', this.configMap, { name: `${this.configMapName}-base` });
    const script = kcatScript(librdkafka, `${SETTINGS}/${this.dialect.fileName}`, this.path);
    workload.addInitContainer(
      hardened({
        name,
        image: first.image,
        command: ['/bin/sh', '-ec', script],
        volumeMounts: [
          ...secrets,
          { path: SETTINGS, volume: beginning, readOnly: true },
          { path: this.folder, volume: memory },
        ],
        resources: containerResources({
          cpuRequest: Cpu.millis(10),
          cpuLimit: Cpu.millis(100),
          memory: Size.mebibytes(32),
        }),
      }),
    );
    return memory;
  }
}
