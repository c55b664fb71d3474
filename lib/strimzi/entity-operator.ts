import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../kubernetes/hardening';
import { ResourceProps, renderResources } from '../kubernetes/resources';

/** The operators that turn KafkaTopic and KafkaUser resources into topics and users. */
export interface EntityOperatorProps {
  /**
   * Whether KafkaTopic resources become topics.
   *
   * @default true
   */
  readonly topicOperator?: boolean;
  /**
   * Whether KafkaUser resources become users.
   *
   * @default true
   */
  readonly userOperator?: boolean;
  /**
   * What is put before the name of a user to name its Secret.
   *
   * @default - nothing
   */
  readonly userSecretPrefix?: string;
  /**
   * What each operator gets.
   *
   * @default - 100 to 500 millicores, 512 mebibytes
   */
  readonly resources?: ResourceProps;
}

const DEFAULT_RESOURCES: ResourceProps = {
  cpuRequest: Cpu.millis(100),
  cpuLimit: Cpu.millis(500),
  memory: Size.mebibytes(512),
};

/** The `entityOperator` of a Kafka resource; none if neither operator is wanted. */
export function renderEntityOperator(props: EntityOperatorProps): object | undefined {
  const { topicOperator = true, userOperator = true, userSecretPrefix } = props;
  if (!topicOperator && !userOperator) return undefined;
  const resources = renderResources(props.resources ?? DEFAULT_RESOURCES);
  const container = { securityContext: RESTRICTED_CONTAINER };
  return {
    ...(topicOperator ? { topicOperator: { resources } } : {}),
    ...(userOperator
      ? { userOperator: { resources, ...(userSecretPrefix ? { secretPrefix: userSecretPrefix } : {}) } }
      : {}),
    template: {
      pod: { securityContext: RESTRICTED_POD },
      ...(topicOperator ? { topicOperatorContainer: container } : {}),
      ...(userOperator ? { userOperatorContainer: container } : {}),
    },
  };
}
