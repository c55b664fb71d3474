import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { KafkaTopic } from '../../lib';
import { asVerified } from '../../lib/validation/verified';
import { database } from '../support/identity';
import { faults, faultsOf, testChart } from '../support/synth';
import { cluster } from '../support/worlds';

function twins(chart: Chart): void {
  for (const id of ['one', 'two'])
    new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } });
}

test('apps without a construct of this library are left alone', () => {
  expect(faults(twins)).toEqual([]);
});

test('one construct of this library brings the checks to its whole app', () => {
  const build = (chart: Chart): void => {
    twins(chart);
    cluster(new Chart(chart.node.root, 'kafka', { namespace: 'kafka' }));
  };
  expect(faults(build)).toHaveLength(1);
});

test('cdk8s itself reports what they find', () => {
  const chart = testChart();
  cluster(chart);
  twins(chart);
  expect(() => void Testing.synth(chart)).toThrow("[test/two] the ConfigMap 'flink/x' is also made by test/one;");
});

test('an app that is validated again and again reports what is wrong at the time', () => {
  const chart = testChart();
  const kafka = cluster(chart);
  const first = new KafkaTopic(chart, 'sales', { cluster: kafka });
  expect(faultsOf(App.of(chart))).toEqual([]);
  const second = new KafkaTopic(chart, 'again', { cluster: kafka, topicName: 'sales' });
  const found = faultsOf(App.of(chart));
  expect(found).toHaveLength(1);
  expect(faultsOf(App.of(chart))).toEqual(found);
  expect(second.node.validate()).toHaveLength(1);
  expect(first.node.validate()).toEqual([]);
  chart.node.tryRemoveChild('again');
  expect(faultsOf(App.of(chart))).toEqual([]);
});

test('a fault of what a construct writes is reported again too', () => {
  const chart = testChart();
  cluster(chart).apiObject.addJsonPatch(JsonPatch.add('/spec/kafka/image', 'quay.io/strimzi/kafka:latest'));
  const found = faultsOf(App.of(chart));
  expect(found).toHaveLength(1);
  expect(faultsOf(App.of(chart))).toEqual(found);
});

test('an app that is known to be right is not checked again', () => {
  const chart = testChart();
  cluster(chart);
  twins(chart);
  asVerified(chart.node.root, () => expect(faultsOf(App.of(chart))).toEqual([]));
  expect(faultsOf(App.of(chart))).toHaveLength(1);
});

test('what a construct reports by itself is not reported again for what it writes', () => {
  const build = (chart: Chart): void => void database(chart, { image: 'docker.io/library/postgres:latest' });
  expect(faults(build).map((message) => /\(([^()]*)\)$/.exec(message)?.[1])).toEqual(['workload-image']);
});

test('an object that cannot be rendered keeps nothing from being reported', () => {
  const build = (chart: Chart): void => {
    cluster(chart);
    twins(chart);
    const broken = new ApiObject(chart, 'broken', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'broken' },
    });
    broken.toJson = () => {
      throw new Error('no');
    };
  };
  expect(faults(build)).toHaveLength(1);
});
