import { Rule, faultIf } from '../../validation/rule';
import type { SingleStorePipeline } from './singlestore-pipeline';

export const SINGLESTORE_PIPELINE_RULES: readonly Rule<SingleStorePipeline>[] = [
  {
    id: 'singlestore-columns',
    holds: 'A pipeline says which columns it fills.',
    remedy: "name them, such as PipelineFormat.json({ invoice: 'invoice_id' })",
    source: 'SingleStore 9.0, "LOAD DATA": a mapping has at least one column',
    faults: ({ pipelineName, _props: { format } }) =>
      faultIf(format._columns.length === 0, `pipeline '${pipelineName}' fills no column`),
  },
  {
    id: 'singlestore-batch-interval',
    holds: 'The pause between two batches is a whole number of milliseconds, 0 or more.',
    remedy: 'give batchInterval: Duration.seconds(1), for example',
    source: 'SingleStore 9.0, "CREATE PIPELINE": BATCH_INTERVAL',
    faults: ({ pipelineName, _props: { batchInterval } }) => {
      const pause = batchInterval?.toMilliseconds({ integral: false });
      return faultIf(
        pause !== undefined && !Number.isInteger(pause),
        `pipeline '${pipelineName}' cannot pause for ${pause} milliseconds`,
      );
    },
  },
  {
    id: 'singlestore-group',
    holds: 'A consumer group has a name.',
    remedy: 'leave group out, or give it a name',
    source: 'Apache Kafka 4.3.1: a group id is not empty',
    faults: ({ pipelineName, _props: { group } }) =>
      faultIf(group === '', `pipeline '${pipelineName}' has a group without a name`),
  },
];
