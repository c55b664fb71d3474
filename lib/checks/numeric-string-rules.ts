import { Yaml } from 'cdk8s';
import { KafkaTopic } from '../strimzi/kafka-topic';
import { KafkaUser } from '../strimzi/kafka-user';
import { AppModel } from './app-model';
import { Finding, TreeRule } from './tree-rule';

/**
 * What Kubernetes' YAML parser takes for a number, once its underscores are removed.
 *
 * @see sigs.k8s.io/yaml 1.4.0, goyaml.v2/resolve.go
 */
const NUMBER = /^[-+]?(0[oO][0-7]+|0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?)$/;

export const NUMERIC_STRING_RULES: readonly TreeRule[] = [
  {
    id: 'numeric-looking-string',
    holds: 'No text looks like a number to Kubernetes and not to cdk8s, which would write it without quotes.',
    remedy: 'change the text, or put it where it is not YAML of its own (a Secret’s data is base64)',
    source: 'sigs.k8s.io/yaml 1.4.0 reads 0o17, 0X1F, 0B1 and 1e_3 as numbers; cdk8s 2.70 does not quote them',
    findings: (app) => [...objectFindings(app), ...userFindings(app), ...topicFindings(app)],
  },
];

function objectFindings(app: AppModel): Finding[] {
  return app.objects.flatMap(({ construct, kind, name, manifest }) =>
    fieldsLikeNumbers(manifest, '').map((field) => ({ construct, fault: faultOf(kind, name, field) })),
  );
}

function userFindings(app: AppModel): Finding[] {
  return app.all(KafkaUser).flatMap((user) => {
    const password =
      user.authentication._details.kind === 'scramSha512' ? user.authentication._details.scram.password : undefined;
    return fieldsLikeNumbers(
      {
        metadata: { name: user.userName },
        spec: {
          authentication: { password: { name: password?.secretName, key: password?.key } },
          authorization: { acls: user._rules().map(({ resource: { name }, host }) => ({ resource: { name }, host })) },
        },
      },
      '',
    ).map((field) => ({ construct: user, fault: faultOf('KafkaUser', user.userName, field) }));
  });
}

function topicFindings(app: AppModel): Finding[] {
  return app.all(KafkaTopic).flatMap((topic) => {
    const { topicName, resourceName, _config: config } = topic;
    const spec = { topicName: topicName === resourceName ? undefined : topicName, config };
    return fieldsLikeNumbers({ metadata: { name: resourceName }, spec }, '').map((field) => ({
      construct: topic,
      fault: faultOf('KafkaTopic', resourceName, field),
    }));
  });
}

/** The text itself is not shown: it may be secret. */
function faultOf(kind: string, name: string, field: string): string {
  return `Kubernetes would read ${field} of the ${kind} '${name}' as a number`;
}

/** The fields that a YAML reader of Kubernetes sees a number in, where there is a text. */
function fieldsLikeNumbers(value: unknown, field: string): string[] {
  if (typeof value === 'string') return looksLikeNumber(value) ? [field] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => fieldsLikeNumbers(item, `${field}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const path = field === '' ? key : `${field}.${key}`;
    return [...(looksLikeNumber(key) ? [`the key ${path}`] : []), ...fieldsLikeNumbers(item, path)];
  });
}

function looksLikeNumber(text: string): boolean {
  return /^[-+0-9]/.test(text) && NUMBER.test(text.replace(/_/g, '')) && !/^["']/.test(Yaml.stringify(text));
}
