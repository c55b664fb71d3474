import { ApiObject } from 'cdk8s';
import { EnvValue, Secret, Volume, Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { KafkaConnection } from '../../connection/kafka-connection';
import { PLACE_RULES, namespaceOf } from '../../kubernetes/place';
import { KafkaListener } from '../../strimzi/kafka-listener';
import { KafkaUser } from '../../strimzi/kafka-user';
import { childId } from '../../validation/child-id';
import { enforce } from '../../validation/rule';
import { KAFKA_ACCESS_RULES } from './kafka-access-rules';

/** Where programs look for service bindings, each in a folder of its own. */
const BINDINGS = '/bindings';

/**
 * Names the folder.
 *
 * @see Service Binding Specification for Kubernetes 1.0.0
 */
const ROOT_VARIABLE = 'SERVICE_BINDING_ROOT';

/** A binding of programs to a listener. */
export interface KafkaAccessProps {
  /** The listener, and the user that the programs log in as. */
  readonly connection: KafkaConnection;
  /**
   * The name of the KafkaAccess, and of the Secret that the access operator makes for it.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The namespace of the programs.
   *
   * @default - that of the connection
   */
  readonly namespace?: string;
}

/**
 * A KafkaAccess resource: Strimzi's access operator makes a Secret of it in the shape of the Service Binding
 * Specification (type `servicebinding.io/kafka`), also in another namespace than that of the cluster.
 *
 * The operator knows listeners without authentication, with TLS and with SCRAM-SHA-512; all others are refused. Its
 * Secret holds the newest certificate of the cluster CA alone.
 *
 * @see Strimzi access operator 0.3.0
 */
export class KafkaAccess extends Construct {
  /** The name of the KafkaAccess and its Secret. */
  public readonly accessName: string;
  /** The namespace of the programs. */
  public readonly namespace: string;
  /** The listener, and the user that the programs log in as. */
  public readonly connection: KafkaConnection;
  /** The KafkaAccess resource, for what has no property here. */
  public readonly apiObject: ApiObject;

  /**
   * @param scope the scope
   * @param id the construct's id, and the name if none is given
   * @param props listener and user
   */
  public constructor(scope: Construct, id: string, props: KafkaAccessProps) {
    super(scope, id);
    this.accessName = props.name ?? id;
    this.connection = props.connection;
    this.namespace = namespaceOf(this, props.namespace ?? props.connection.namespace);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'access.strimzi.io/v1alpha1',
      kind: 'KafkaAccess',
      metadata: { name: this.accessName, namespace: this.namespace },
      spec: { ...this.renderKafka(), ...this.renderUser() },
    });

    enforce(this, PLACE_RULES, this);
    enforce(this, KAFKA_ACCESS_RULES, this);
  }

  /**
   * Gives a workload the binding: the keys of the Secret as files, in a folder below that which `SERVICE_BINDING_ROOT`
   * names, and access through the network.
   *
   * @param workload a Deployment, StatefulSet, DaemonSet or Job in the namespace of the KafkaAccess
   */
  public attachTo(workload: Workload): void {
    const scope = new Construct(this, childId(this, workload.node.id));
    const secret = Secret.fromSecretName(scope, 'secret', this.accessName);
    const volume = Volume.fromSecret(scope, 'volume', secret, { name: `${this.accessName}-binding` });
    for (const container of workload.containers) {
      container.mount(`${BINDINGS}/${this.accessName}`, volume, { readOnly: true });
      if (!container.env.variables[ROOT_VARIABLE]) {
        container.env.addVariable(ROOT_VARIABLE, EnvValue.fromValue(BINDINGS));
      }
    }
    this.connection.listener.allowFromPods(workload.matchLabels, this.namespace);
  }

  private renderKafka(): object {
    const { listener } = this.connection;
    if (!(listener instanceof KafkaListener)) return {};
    const { clusterName: name, namespace } = listener.cluster;
    return { kafka: { name, namespace, listener: listener.listenerName } };
  }

  private renderUser(): object {
    const { user, credentials } = this.connection;
    if (!(user instanceof KafkaUser) || credentials._details.kind === 'none') return {};
    const { userName: name, cluster } = user;
    return { user: { kind: 'KafkaUser', apiGroup: 'kafka.strimzi.io', name, namespace: cluster.namespace } };
  }
}
