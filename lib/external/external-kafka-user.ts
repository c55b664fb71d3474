import { Construct } from 'constructs';
import { AclPatternType, AclPermission, AclResourceType, AclRule } from '../access/acl';
import { smallestAclSet } from '../access/acl-set';
import { ClientCredentials } from '../access/client-credentials';
import { IKafkaUser } from '../access/kafka-user';
import { Principal } from '../access/principal';
import type { ExternalKafka } from './external-kafka';

/** A user of a Kafka that is not ours. */
export interface ExternalKafkaUserProps {
  /** The Kafka. */
  readonly kafka: ExternalKafka;
  /** What clients log in with as this user. */
  readonly credentials: ClientCredentials;
  /**
   * The user's name.
   *
   * @default - that of the credentials, or else the construct's id
   */
  readonly userName?: string;
  /**
   * Who the user is to the brokers.
   *
   * @default - the common name for a certificate, otherwise the user's name
   */
  readonly principal?: Principal;
}

/**
 * A user of a Kafka that is not ours. Nothing is made for it: its rights are collected, for whoever runs that Kafka to
 * give, in `acls` and `aclCommands`.
 */
export class ExternalKafkaUser extends Construct implements IKafkaUser {
  public readonly userName: string;
  public readonly principal: Principal;
  public readonly credentials: ClientCredentials;
  public readonly clusterName: string;
  public readonly clusterId: string;
  public readonly takesAcls = true;

  private readonly bootstrapServers: string;
  private readonly rules: AclRule[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id
   * @param props the user
   */
  public constructor(scope: Construct, id: string, props: ExternalKafkaUserProps) {
    super(scope, id);
    this.credentials = props.credentials;
    this.userName = props.userName ?? props.credentials._name() ?? id;
    const byCertificate = props.credentials._details.kind === 'certificate';
    this.principal =
      props.principal ?? (byCertificate ? Principal.commonName(this.userName) : Principal.named(this.userName));
    this.clusterName = props.kafka.clusterName;
    this.clusterId = props.kafka.clusterId;
    this.bootstrapServers = props.kafka.addresses.join(',');
  }

  public addAcl(rule: AclRule): void {
    this.rules.push(rule);
  }

  public get acls(): AclRule[] {
    return smallestAclSet(this.rules);
  }

  /**
   * The commands that give the user its rights, for somebody whose settings are in `admin.properties`.
   *
   * @see Apache Kafka 4.3.1, bin/kafka-acls.sh
   */
  public get aclCommands(): string[] {
    return this.acls.map((rule) =>
      [
        `kafka-acls.sh --bootstrap-server ${this.bootstrapServers} --command-config admin.properties --add`,
        `--${rule.permission === AclPermission.DENY ? 'deny' : 'allow'}-principal ${quoted(this.principal.toString())}`,
        ...(rule.host === undefined || rule.host === '*'
          ? []
          : [`--${rule.permission === AclPermission.DENY ? 'deny' : 'allow'}-host ${quoted(rule.host)}`]),
        ...rule.operations.map((operation) => `--operation ${operation}`),
        resourceOption(rule),
      ].join(' '),
    );
  }
}

function resourceOption({ resource }: AclRule): string {
  const { resourceType, name, patternType } = resource;
  if (resourceType === AclResourceType.CLUSTER) return '--cluster';
  const option = resourceType === AclResourceType.TRANSACTIONAL_ID ? 'transactional-id' : resourceType;
  return `--${option} ${quoted(name)} --resource-pattern-type ${patternType === AclPatternType.PREFIX ? 'prefixed' : 'literal'}`;
}

/** A word of a shell command. */
function quoted(word: string): string {
  return `'${word.replace(/'/g, "'\\''")}'`;
}
