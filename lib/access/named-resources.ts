import { AclResource } from './acl';

/** One consumer group, or all whose names begin alike. */
export class ConsumerGroup {
  /**
   * The group of exactly this name.
   *
   * @param name the group
   */
  public static literal(name: string): ConsumerGroup {
    return new ConsumerGroup(AclResource.group(name));
  }

  /**
   * Every group whose name begins with `prefix`.
   *
   * @param prefix the beginning of the names; no `*`, which Kafka would take literally
   */
  public static prefix(prefix: string): ConsumerGroup {
    return new ConsumerGroup(AclResource.groupPrefix(prefix));
  }

  private constructor(
    /** The group as an ACL names it. */
    public readonly resource: AclResource,
  ) {}
}

/** One transactional id, or all that begin alike. */
export class TransactionalId {
  /**
   * Exactly this id.
   *
   * @param id the transactional id
   */
  public static literal(id: string): TransactionalId {
    return new TransactionalId(AclResource.transactionalId(id));
  }

  /**
   * Every id that begins with `prefix`.
   *
   * @param prefix the beginning of the ids; no `*`, which Kafka would take literally
   */
  public static prefix(prefix: string): TransactionalId {
    return new TransactionalId(AclResource.transactionalIdPrefix(prefix));
  }

  private constructor(
    /** The id as an ACL names it. */
    public readonly resource: AclResource,
  ) {}
}
