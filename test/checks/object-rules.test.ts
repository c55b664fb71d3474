import { ApiObject, Chart } from 'cdk8s';
import { KafkaTopic } from '../../lib';
import { OBJECT_RULES } from '../../lib/checks/object-rules';
import { describeRules } from '../support/rules';
import { cluster } from '../support/worlds';

function role(chart: Chart, rule: object, kind = 'Role'): void {
  cluster(chart);
  new ApiObject(chart, 'reader', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: { name: 'reader' },
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'], ...rule }],
  });
}

function configMap(chart: Chart, id: string, namespace?: string, kind = 'ConfigMap'): void {
  new ApiObject(chart, id, { apiVersion: 'v1', kind, metadata: { name: 'settings', namespace } });
}

describeRules(OBJECT_RULES, {
  'duplicate-object': {
    remedy:
      'give one of them another name, by its id or by the property that names it: resourceName, userName, clusterName',
    cases: [
      [
        (chart) => {
          const of = cluster(chart);
          new KafkaTopic(chart, 'sales_records', { cluster: of });
          new KafkaTopic(chart, 'sales-records', { cluster: of });
        },
        ["[test/sales-records] the KafkaTopic 'flink/sales-records' is also made by test/sales_records"],
        (chart) => {
          const of = cluster(chart);
          new KafkaTopic(chart, 'sales_records', { cluster: of });
          new KafkaTopic(chart, 'sales-records', { cluster: of, resourceName: 'sales-records-2' });
        },
      ],
      [
        (chart) => {
          cluster(chart);
          configMap(chart, 'one');
          configMap(new Chart(chart.node.root, 'other', { namespace: 'flink' }), 'two');
        },
        ["[other/two] the ConfigMap 'flink/settings' is also made by test/one"],
        (chart) => {
          cluster(chart);
          configMap(chart, 'one');
          configMap(chart, 'two', 'tools');
          configMap(chart, 'three', undefined, 'Service');
        },
      ],
      [
        (chart) => {
          cluster(chart);
          configMap(chart, 'one', undefined, 'ClusterRole');
          configMap(chart, 'two', 'tools', 'ClusterRole');
        },
        ["[test/two] the ClusterRole 'settings' is also made by test/one"],
        (chart) => {
          cluster(chart);
          configMap(chart, 'one', undefined, 'ClusterRole');
        },
      ],
    ],
  },
  'wide-secret-role': {
    remedy: 'give resourceNames and the verb get, or mount the Secret instead',
    cases: [
      [
        (chart) => role(chart, { verbs: ['get', 'create'] }),
        ["[test/reader] the Role 'flink/reader' gives get on every Secret"],
        (chart) => role(chart, { verbs: ['create'] }),
      ],
      [
        (chart) => role(chart, { resourceNames: ['a', 'b'], verbs: ['get', 'list', 'watch'] }),
        ["[test/reader] the Role 'flink/reader' gives list, watch on the Secrets a, b"],
        (chart) => role(chart, { resourceNames: ['a', 'b'] }),
      ],
      [
        (chart) => role(chart, { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }, 'ClusterRole'),
        ["[test/reader] the ClusterRole 'reader' gives * on every Secret"],
        (chart) => role(chart, { apiGroups: ['apps'], resources: ['*'], verbs: ['*'] }, 'ClusterRole'),
      ],
      [
        (chart) => role(chart, { resources: ['pods', 'secrets'], verbs: ['get'] }),
        ["[test/reader] the Role 'flink/reader' gives get on every Secret"],
        (chart) => role(chart, { resources: ['pods'], verbs: ['get', 'list'] }),
      ],
    ],
  },
});
