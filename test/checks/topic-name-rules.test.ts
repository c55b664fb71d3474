import { Chart } from 'cdk8s';
import { KafkaTopic } from '../../lib';
import { TOPIC_NAME_RULES } from '../../lib/checks/topic-name-rules';
import { describeRules } from '../support/rules';
import { cluster } from '../support/worlds';

function topics(...names: string[]) {
  return (chart: Chart) => {
    const of = cluster(chart);
    for (const name of names) new KafkaTopic(chart, name, { cluster: of });
  };
}

describeRules(TOPIC_NAME_RULES, {
  'topic-collision': {
    remedy: 'use one of the two throughout',
    cases: [
      [
        topics('sales.records', 'sales_records'),
        ["[test/sales_records] Kafka takes 'sales_records' and 'sales.records' for one topic"],
        topics('sales.records', 'sales_record'),
      ],
      [
        (chart) => {
          const of = cluster(chart);
          new KafkaTopic(chart, 'one', { cluster: of, topicName: 'a_b.c' });
          new KafkaTopic(chart, 'two', { cluster: of, topicName: 'a.b_c' });
        },
        ["[test/two] Kafka takes 'a.b_c' and 'a_b.c' for one topic"],
        topics('a.b.c', 'a-b-c'),
      ],
    ],
  },
});
