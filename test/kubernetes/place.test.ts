import { Chart } from 'cdk8s';
import { PLACE_RULES, namespaceOf, serviceHost, serviceHosts } from '../../lib/kubernetes/place';
import { describeRules } from '../support/rules';
import { testChart } from '../support/synth';
import { cluster, connect, listener, user } from '../support/worlds';

describeRules(PLACE_RULES, {
  namespace: {
    remedy: "give the chart one: new Chart(app, 'id', { namespace: 'flink' })",
    cases: [
      [
        (chart) => cluster(new Chart(chart, 'nowhere')),
        ['[test/nowhere/my-cluster] the chart has no namespace'],
        (chart) => cluster(new Chart(chart, 'nowhere'), { namespace: 'kafka' }),
      ],
      [
        (chart) => cluster(chart, { namespace: 'my.namespace' }),
        ["[test/my-cluster] the namespace 'my.namespace' is not a DNS label"],
        (chart) => cluster(chart, { namespace: 'my-namespace' }),
      ],
      [
        (chart) => {
          const to = listener(chart);
          connect(new Chart(chart, 'nowhere'), { listener: to, user: user(to.cluster) });
        },
        ['[test/nowhere/connection] the chart has no namespace'],
        (chart) => {
          const to = listener(chart);
          connect(new Chart(chart, 'nowhere'), { listener: to, user: user(to.cluster), namespace: 'flink' });
        },
      ],
    ],
  },
});

test('a construct is in the namespace that it is given, or else in that of the chart', () => {
  const chart = testChart('flink');
  expect([namespaceOf(chart), namespaceOf(chart, 'kafka')]).toEqual(['flink', 'kafka']);
});

test('a Service is addressed by a name that ends in .svc, or in the domain of the cluster', () => {
  expect(serviceHost('s', 'ns')).toBe('s.ns.svc');
  expect(serviceHost('s', 'ns', 'k8s.example')).toBe('s.ns.svc.k8s.example');
});

test('a certificate for a Service covers every name of it', () => {
  expect(serviceHosts('s', 'ns')).toEqual(['s', 's.ns', 's.ns.svc', 's.ns.svc.cluster.local']);
  expect(serviceHosts('s', 'ns', 'k8s.example').at(-1)).toBe('s.ns.svc.k8s.example');
});
