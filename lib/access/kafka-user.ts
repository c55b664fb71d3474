import { IConstruct } from 'constructs';
import { AclRule } from './acl';
import { ClientCredentials } from './client-credentials';
import { Principal } from './principal';

/** Someone who can log in to a Kafka cluster, and be given rights there. */
export interface IKafkaUser extends IConstruct {
  /** The user's name. */
  readonly userName: string;
  /** Who the user is to the brokers. */
  readonly principal: Principal;
  /** What clients log in with as this user; nothing if this app does not know the user's credentials. */
  readonly credentials: ClientCredentials;
  /** The name of the cluster, for people. */
  readonly clusterName: string;
  /** Which cluster it is: the same for all that belong to the same one. */
  readonly clusterId: string;
  /** The rights of the user: the smallest set that means what was granted. */
  readonly acls: AclRule[];
  /** Whether ACLs mean anything to the brokers. */
  readonly takesAcls: boolean;

  /**
   * Gives (or denies) a right.
   *
   * @param rule the right
   */
  addAcl(rule: AclRule): void;
}
