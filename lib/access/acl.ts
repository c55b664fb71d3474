/** What an ACL is about. */
export enum AclResourceType {
  TOPIC = 'topic',
  GROUP = 'group',
  CLUSTER = 'cluster',
  TRANSACTIONAL_ID = 'transactionalId',
}

/** Whether the name of an ACL's resource is the whole name or the beginning of it. */
export enum AclPatternType {
  LITERAL = 'literal',
  PREFIX = 'prefix',
}

/**
 * What an ACL allows or denies, in Strimzi's spelling.
 *
 * @see Strimzi 1.2.0, api/.../user/acl/AclOperation.java
 */
export enum AclOperation {
  READ = 'Read',
  WRITE = 'Write',
  CREATE = 'Create',
  DELETE = 'Delete',
  ALTER = 'Alter',
  DESCRIBE = 'Describe',
  CLUSTER_ACTION = 'ClusterAction',
  ALTER_CONFIGS = 'AlterConfigs',
  DESCRIBE_CONFIGS = 'DescribeConfigs',
  IDEMPOTENT_WRITE = 'IdempotentWrite',
  ALL = 'All',
}

/** Whether an ACL gives a right or takes it away. */
export enum AclPermission {
  ALLOW = 'allow',
  DENY = 'deny',
}

/** The topic, group, transactional id or cluster that an ACL is about. */
export class AclResource {
  /**
   * The topic of exactly this name; `*` stands for every topic.
   *
   * @param name the topic
   */
  public static topic(name: string): AclResource {
    return new AclResource(AclResourceType.TOPIC, AclPatternType.LITERAL, name);
  }

  /**
   * Every topic whose name begins with `prefix`.
   *
   * @param prefix the beginning of the names; a `*` in it is refused, since Kafka takes it literally
   */
  public static topicPrefix(prefix: string): AclResource {
    return new AclResource(AclResourceType.TOPIC, AclPatternType.PREFIX, prefix);
  }

  /**
   * The consumer group of exactly this name; `*` stands for every group.
   *
   * @param name the group
   */
  public static group(name: string): AclResource {
    return new AclResource(AclResourceType.GROUP, AclPatternType.LITERAL, name);
  }

  /**
   * Every consumer group whose name begins with `prefix`.
   *
   * @param prefix the beginning of the names
   */
  public static groupPrefix(prefix: string): AclResource {
    return new AclResource(AclResourceType.GROUP, AclPatternType.PREFIX, prefix);
  }

  /**
   * The transactional id of exactly this name; `*` stands for every id.
   *
   * @param name the transactional id
   */
  public static transactionalId(name: string): AclResource {
    return new AclResource(AclResourceType.TRANSACTIONAL_ID, AclPatternType.LITERAL, name);
  }

  /**
   * Every transactional id that begins with `prefix`.
   *
   * @param prefix the beginning of the ids
   */
  public static transactionalIdPrefix(prefix: string): AclResource {
    return new AclResource(AclResourceType.TRANSACTIONAL_ID, AclPatternType.PREFIX, prefix);
  }

  /** The cluster itself. */
  public static cluster(): AclResource {
    return new AclResource(AclResourceType.CLUSTER, AclPatternType.LITERAL, 'kafka-cluster');
  }

  private constructor(
    /** What kind of thing this is. */
    public readonly resourceType: AclResourceType,
    /** Whether `name` is the whole name or its beginning. */
    public readonly patternType: AclPatternType,
    /** The name or prefix; `kafka-cluster` for the cluster. */
    public readonly name: string,
  ) {}

  /**
   * Whether everything that `other` stands for is also meant by this resource.
   *
   * @param other the resource that may be part of this one
   */
  public covers(other: AclResource): boolean {
    if (this.resourceType !== other.resourceType) return false;
    if (this.patternType === AclPatternType.PREFIX) return other.name !== '*' && other.name.startsWith(this.name);
    if (this.name === '*') return true;
    return other.patternType === AclPatternType.LITERAL && other.name === this.name;
  }

  /** The resource as people write it: `topic sales`, `group connect-*`. */
  public toString(): string {
    if (this.resourceType === AclResourceType.CLUSTER) return 'cluster';
    return `${this.resourceType} ${this.name}${this.patternType === AclPatternType.PREFIX ? '*' : ''}`;
  }
}

/** One right: operations on a resource, allowed or denied, from a host. */
export interface AclRule {
  /** What the right is about. */
  readonly resource: AclResource;
  /** What may (or may not) be done; at least one. */
  readonly operations: AclOperation[];
  /**
   * Whether the operations are allowed or denied. Kafka lets a denial win over every allowance.
   *
   * @default AclPermission.ALLOW
   */
  readonly permission?: AclPermission;
  /**
   * The IP address that the right is limited to; `*` means any.
   *
   * @default '*'
   */
  readonly host?: string;
}
