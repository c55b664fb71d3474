import { isIP } from 'node:net';
import { AclOperation, AclPatternType, AclResourceType, AclRule } from '../access/acl';
import { shadowedRights } from '../access/acl-set';
import { isDnsSubdomain } from '../kubernetes/names';
import { Rule, faultIf } from '../validation/rule';
import type { KafkaUser, KafkaUserQuotas } from './kafka-user';

const USER_MODEL = 'Strimzi 1.2.0, user-operator/.../model/KafkaUserModel.java';

/**
 * The operations that mean something for each kind of resource.
 *
 * @see Apache Kafka 4.3.1, core/.../security/authorizer/AclEntry.supportedOperations
 */
const OPERATIONS: Record<AclResourceType, readonly AclOperation[]> = {
  [AclResourceType.TOPIC]: [
    AclOperation.READ,
    AclOperation.WRITE,
    AclOperation.CREATE,
    AclOperation.DESCRIBE,
    AclOperation.DELETE,
    AclOperation.ALTER,
    AclOperation.DESCRIBE_CONFIGS,
    AclOperation.ALTER_CONFIGS,
    AclOperation.ALL,
  ],
  [AclResourceType.GROUP]: [
    AclOperation.READ,
    AclOperation.DESCRIBE,
    AclOperation.DELETE,
    AclOperation.DESCRIBE_CONFIGS,
    AclOperation.ALTER_CONFIGS,
    AclOperation.ALL,
  ],
  [AclResourceType.CLUSTER]: [
    AclOperation.CREATE,
    AclOperation.CLUSTER_ACTION,
    AclOperation.DESCRIBE_CONFIGS,
    AclOperation.ALTER_CONFIGS,
    AclOperation.IDEMPOTENT_WRITE,
    AclOperation.ALTER,
    AclOperation.DESCRIBE,
    AclOperation.ALL,
  ],
  [AclResourceType.TRANSACTIONAL_ID]: [AclOperation.WRITE, AclOperation.DESCRIBE, AclOperation.ALL],
};

export const KAFKA_USER_RULES: readonly Rule<KafkaUser>[] = [
  {
    id: 'user-name',
    holds:
      'A user and its Secret have names that Kubernetes takes, of at most 64 characters if the user has a certificate.',
    remedy: 'use lower-case letters, digits, dashes and dots; for OAuth principals choose a claim whose values are so',
    source: USER_MODEL + ' (the name is a common name: 64 characters); Kubernetes 1.35 (DNS subdomain)',
    faults: (u) => [
      ...faultIf(!isDnsSubdomain(u.userName), `no KafkaUser can be named '${u.userName}'`),
      ...faultIf(
        isDnsSubdomain(u.userName) && u.secretName !== undefined && !isDnsSubdomain(u.secretName),
        `the Secret of user '${u.userName}' cannot be named '${u.secretName}'`,
      ),
      ...faultIf(
        u.principal.name.startsWith('CN=') && u.userName.length > 64,
        `the certificate of a user cannot have a common name of ${u.userName.length} characters`,
      ),
    ],
  },
  {
    id: 'user-operator',
    holds: 'The cluster of a user runs the User Operator, without which nothing happens.',
    remedy: 'leave entityOperator.userOperator at true',
    source: 'Strimzi 1.2.0: a KafkaUser without a User Operator stays without a status',
    faults: (u) =>
      faultIf(
        !u.cluster.hasUserOperator,
        `cluster '${u.cluster.clusterName}' has no User Operator for user '${u.userName}'`,
      ),
  },
  {
    id: 'user-principal',
    holds: 'The name of an OAuth user is the principal that its client’s tokens name.',
    remedy: 'leave userName out, and choose a usernameClaim that the tokens have',
    source: 'strimzi-kafka-oauth 0.18.0, oauth.username.claim; Strimzi 1.2.0 grants ACLs to the name of the KafkaUser',
    faults: (u) => {
      const details = u.authentication._details;
      if (details.kind !== 'oauth') return [];
      const name = u.authentication._userName();
      if (name === undefined)
        return [`the tokens of client '${details.client.clientId}' have no ${details.usernameClaim}`];
      return faultIf(name !== u.userName, `the user '${u.userName}' is to stand for the principal '${name}'`);
    },
  },
  {
    id: 'user-certificate-subject',
    holds: 'A certificate from elsewhere has exactly CN=<user> for a subject.',
    remedy: 'issue it with the user’s name for a common name and nothing else in the subject',
    source: USER_MODEL + ': rights of tls-external users are granted to CN=<user>',
    faults: (u) => {
      const details = u.authentication._details;
      const commonName = details.kind === 'tlsExternal' ? details.certificate?.commonName : undefined;
      return faultIf(
        commonName !== undefined && commonName !== u.userName,
        `the certificate of user '${u.userName}' is for '${commonName}'`,
      );
    },
  },
  {
    id: 'user-certificate-days',
    holds: 'Validity and renewal of a certificate are given together, in whole days, renewal before the end.',
    remedy: 'give both or neither, renewal shorter than validity',
    source: 'Strimzi 1.2.0, KafkaUser CRD (CEL rules of authentication)',
    faults: (u) => {
      const details = u.authentication._details;
      if (details.kind !== 'tls') return [];
      const validity = details.tls.validity?.toDays({ integral: false });
      const renewal = details.tls.renewal?.toDays({ integral: false });
      if ((validity === undefined) !== (renewal === undefined))
        return [`user '${u.userName}' has only one of validity and renewal`];
      return [
        ...faultIf(
          (renewal ?? 0) >= (validity ?? Infinity),
          `the certificate of user '${u.userName}' is renewed ${renewal} days before its end after ${validity} days`,
        ),
        ...[validity, renewal]
          .filter((days) => days !== undefined && (!Number.isInteger(days) || days < 1))
          .map((days) => `the certificate of user '${u.userName}' cannot count ${days} days`),
      ];
    },
  },
  {
    id: 'user-password-secret',
    holds:
      'The Secret with a user’s password is named, as is the key, and is not the one that Strimzi writes for the user.',
    remedy: "name both, and a Secret of its own: SecretKey.existing('my-password', 'password')",
    source: USER_MODEL + ': a password without a name or key is refused; the user’s Secret is written anew',
    faults: (u) => {
      const details = u.authentication._details;
      const password = details.kind === 'scramSha512' ? details.scram.password : undefined;
      if (!password) return [];
      return [
        ...faultIf(
          password.secretName === '' || password.key === '',
          `the password of user '${u.userName}' is in no key of a Secret`,
        ),
        ...faultIf(
          password.secretName === u.secretName,
          `the password of user '${u.userName}' is in Secret ${u.secretName}, which Strimzi writes`,
        ),
      ];
    },
  },
  {
    id: 'user-password-namespace',
    holds: 'The Secret with a user’s password is in the namespace of the cluster.',
    remedy: 'put the Secret into the namespace of the Kafka cluster',
    source: USER_MODEL + ': the password’s secretKeyRef has no namespace',
    faults: (u) => {
      const details = u.authentication._details;
      const namespace = details.kind === 'scramSha512' ? details.scram.password?.namespace : undefined;
      return faultIf(
        namespace !== undefined && namespace !== u.cluster.namespace,
        `the password of user '${u.userName}' is in namespace ${namespace}, the cluster in ${u.cluster.namespace}`,
      );
    },
  },
  {
    id: 'user-acls-without-authorizer',
    holds: 'Users have rights only in clusters whose authorizer takes ACLs.',
    remedy: 'give the cluster authorization: KafkaAuthorization.simple(), or grant nothing',
    source:
      USER_MODEL +
      ': "Simple authorization ACL rules are configured but not supported in the Kafka cluster configuration"',
    faults: (u) =>
      faultIf(
        u._rules().length > 0 && !u.cluster.authorization.takesAcls,
        `user '${u.userName}' has rights that cluster '${u.cluster.clusterName}' does not check`,
      ),
  },
  {
    id: 'acl-operations',
    holds: 'A right has operations, and ones that its resource knows.',
    remedy: 'name at least one operation that fits: Read, Write, Create, Describe ... for topics',
    source: 'Apache Kafka 4.3.1, core/.../security/authorizer/AclEntry.supportedOperations',
    faults: (u) =>
      u
        ._rules()
        .flatMap((rule) => [
          ...faultIf(
            rule.operations.length === 0,
            `user '${u.userName}' may do nothing on ${rule.resource.toString()}`,
          ),
          ...rule.operations
            .filter((operation) => !OPERATIONS[rule.resource.resourceType].includes(operation))
            .map((operation) => `nobody can ${operation} on ${rule.resource.toString()}`),
        ]),
  },
  {
    id: 'acl-shadowed',
    holds: 'No right of a user is denied to it as a whole by another.',
    remedy: 'remove the right, or narrow the denial',
    source:
      'Apache Kafka 4.3.1, metadata/.../authorizer/StandardAuthorizerData.java: a denial wins over every allowance',
    faults: (u) =>
      shadowedRights(u._rules()).map(
        ({ resource, operations }) =>
          `user '${u.userName}' may ${operations.join()} on ${resource.toString()}, and is denied it`,
      ),
  },
  {
    id: 'acl-host',
    holds: 'The host of a right is an address, or * for all.',
    remedy: "give an IP address such as '10.0.0.7', or leave host out",
    source:
      'Apache Kafka 4.3.1, StandardAuthorizerData.java: hosts are compared as text with the address of the client',
    faults: (u) =>
      u
        ._rules()
        .filter(({ host = '*' }) => host !== '*' && isIP(host) === 0)
        .map(
          ({ host, resource }) =>
            `the right of user '${u.userName}' on ${resource.toString()} is for the host '${host}'`,
        ),
  },
  {
    id: 'acl-resource-name',
    holds: 'The resource of a right has a name, and a prefix has no *.',
    remedy:
      'name the resource; for all that begin alike give the prefix without *, for all of them AclResource.topic("*")',
    source: USER_MODEL + ': "Name is required for resource type"; Kafka 4.3.1 takes * in a prefix literally',
    faults: (u) =>
      u
        ._rules()
        .flatMap((rule) => [
          ...faultIf(
            rule.resource.name === '',
            `a right of user '${u.userName}' is on a ${rule.resource.resourceType} without a name`,
          ),
          ...faultIf(isStarredPrefix(rule), `user '${u.userName}' has a right on the prefix '${rule.resource.name}'`),
        ]),
  },
  {
    id: 'user-quotas',
    holds: 'Quotas are 0 or more, and whole but for the controller’s rate.',
    remedy: 'give whole bytes per second and per cent',
    source: 'Strimzi 1.2.0, KafkaUser CRD (quotas: minimum 0)',
    faults: (u) =>
      Object.entries(u.quotas ?? {})
        .filter(([quota, value]) => !isQuota(quota as keyof KafkaUserQuotas, value as number))
        .map(([quota, value]) => `${quota} of user '${u.userName}' cannot be ${String(value)}`),
  },
];

function isStarredPrefix({ resource }: AclRule): boolean {
  return resource.patternType === AclPatternType.PREFIX && resource.name.includes('*');
}

function isQuota(quota: keyof KafkaUserQuotas, value: number): boolean {
  return value >= 0 && (quota === 'controllerMutationRate' ? Number.isFinite(value) : Number.isInteger(value));
}
