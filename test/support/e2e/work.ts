import { AclOperation, AclResource } from '../../../lib';
import { Operation, Settings } from './java-probe';

/** Something that a client might do, and the rights that Kafka wants for it. */
export interface Work {
  readonly name: string;
  readonly operation: Operation;
  /** What the client is configured with beside its credentials. */
  readonly settings?: Settings;
  /** All of them are needed. */
  readonly needs: readonly { readonly operation: AclOperation; readonly resource: AclResource }[];
}

/** Writes one record. */
export function produce(topic: string): Work {
  return {
    name: `write to ${topic}`,
    operation: { operation: 'produce', topic, values: ['one'] },
    needs: [{ operation: AclOperation.WRITE, resource: AclResource.topic(topic) }],
  };
}

/** Reads one record from a topic that has some, alone. */
export function consume(topic: string): Work {
  return {
    name: `read from ${topic}`,
    operation: { operation: 'consume', topic, count: 1 },
    needs: [{ operation: AclOperation.READ, resource: AclResource.topic(topic) }],
  };
}

/** Reads one record from a topic that has some, as a member of a group. */
export function consumeAs(group: string, topic: string): Work {
  return {
    ...consume(topic),
    name: `read from ${topic} as ${group}`,
    settings: { 'group.id': group },
    needs: [...consume(topic).needs, { operation: AclOperation.READ, resource: AclResource.group(group) }],
  };
}

/** Creates a topic that is there or not. */
export function create(topic: string): Work {
  return {
    name: `create ${topic}`,
    operation: { operation: 'createTopics', topics: [{ name: topic }] },
    needs: [{ operation: AclOperation.CREATE, resource: AclResource.topic(topic) }],
  };
}

/** Looks at the settings of a topic. */
export function describeConfigs(topic: string): Work {
  return {
    name: `see the settings of ${topic}`,
    operation: { operation: 'describeConfigs', topic },
    needs: [{ operation: AclOperation.DESCRIBE_CONFIGS, resource: AclResource.topic(topic) }],
  };
}

/** Deletes a topic. */
export function remove(topic: string): Work {
  return {
    name: `delete ${topic}`,
    operation: { operation: 'deleteTopic', topic },
    needs: [{ operation: AclOperation.DELETE, resource: AclResource.topic(topic) }],
  };
}

/** Writes one record in a transaction. */
export function transact(topic: string, id: string): Work {
  return {
    name: `write to ${topic} in transaction ${id}`,
    operation: { operation: 'transact', topic },
    settings: { 'transactional.id': id },
    needs: [...produce(topic).needs, { operation: AclOperation.WRITE, resource: AclResource.transactionalId(id) }],
  };
}
