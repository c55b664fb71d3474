import { ApiObject, Chart, JsonPatch, Size } from 'cdk8s';
import {
  Capability,
  ConfigMap,
  Cpu,
  Deployment,
  EnvValue,
  ImagePullPolicy,
  LabelSelector,
  SeccompProfileType,
  Volume,
} from 'cdk8s-plus-28';
import { IKafkaTopic, JavaClientClasses, JavaClientSettings, KafkaConnection } from '../library';

/** What a console consumer reads, and as whom. */
export interface ConsoleConsumerProps {
  /** How it reaches Kafka. */
  readonly connection: KafkaConnection;
  /** The topic. */
  readonly topic: IKafkaTopic;
  /** The group that it is a member of. */
  readonly group: string;
}

const IMAGE = 'confluentinc/cp-kafka:8.3.1';
const FOLDER = '/opt/consumer';

/** Kafka's console consumer as a Deployment: its log shows the records of a topic, or why there are none. */
export class ConsoleConsumer {
  /**
   * @param chart the chart
   * @param name the name of the Deployment
   * @param props what it reads
   */
  public constructor(chart: Chart, name: string, props: ConsoleConsumerProps) {
    const { connection, topic, group } = props;
    const labels = { 'app.kubernetes.io/name': 'console-consumer', 'app.kubernetes.io/instance': name };
    const metadata = { name, namespace: connection.namespace, labels };
    const settings = new ConfigMap(chart, `${name}-settings`, {
      metadata: { ...metadata, name: `${name}-settings` },
      data: { 'consumer.properties': propertiesOf(connection) },
    });
    const deployment = new Deployment(chart, name, {
      metadata,
      podMetadata: { labels },
      select: false,
      replicas: 1,
      automountServiceAccountToken: false,
      containers: [
        {
          name: 'consumer',
          image: IMAGE,
          imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
          command: ['kafka-console-consumer'],
          args: [
            ...['--bootstrap-server', connection.bootstrapServers, '--topic', topic.topicName, '--group', group],
            ...['--from-beginning', '--consumer.config', `${FOLDER}/consumer.properties`],
          ],
          envVariables: { LOG_DIR: EnvValue.fromValue('/tmp') },
          resources: {
            cpu: { request: Cpu.millis(100), limit: Cpu.millis(500) },
            memory: { request: Size.mebibytes(512), limit: Size.mebibytes(512) },
          },
          securityContext: {
            user: 1000,
            ensureNonRoot: true,
            readOnlyRootFilesystem: true,
            allowPrivilegeEscalation: false,
            capabilities: { drop: [Capability.ALL] },
            seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
          },
        },
      ],
    });
    deployment.select(LabelSelector.of({ labels }));
    const [container] = deployment.containers;
    container.mount(FOLDER, Volume.fromConfigMap(chart, `${name}-volume`, settings, { name: 'settings' }), {
      readOnly: true,
    });
    container.mount('/tmp', Volume.fromEmptyDir(chart, `${name}-tmp`, 'tmp', { sizeLimit: Size.mebibytes(64) }));
    ApiObject.of(deployment).addJsonPatch(
      JsonPatch.add('/spec/template/spec/enableServiceLinks', false),
      JsonPatch.remove('/spec/template/metadata/labels/cdk8s.io~1metadata.addr'),
    );
    connection.attachTo(deployment);
  }
}

function propertiesOf(connection: KafkaConnection): string {
  return Object.entries(JavaClientSettings.render(connection, JavaClientClasses.KAFKA_ALONE))
    .map(([setting, value]) => `${setting}=${value}\n`)
    .join('');
}
