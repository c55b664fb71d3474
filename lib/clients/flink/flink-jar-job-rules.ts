import { Rule, faultIf } from '../../validation/rule';
import type { FlinkJarJob } from './flink-jar-job';
import { secretFaults } from './flink-secrets';

export const FLINK_JAR_JOB_RULES: readonly Rule<FlinkJarJob>[] = [
  {
    id: 'flink-jar',
    holds: 'A job knows where its jar is: in the image, or at an address that proves who it is.',
    remedy: 'use local:///opt/... for a jar in the image, or an https:// address',
    source: 'Flink Kubernetes operator 1.15.0, .../validation/DefaultValidator.java (jarURI)',
    faults: (job) =>
      faultIf(
        !/^(local:\/\/\/|https:\/\/[^/]|s3a?:\/\/[^/])/.test(job._props.jarUri),
        `job '${job.jobName}' cannot get its jar from '${job._props.jarUri}'`,
      ),
  },
  {
    id: 'flink-jar-secret',
    holds: 'Arguments of a program hold no secrets: everybody who may read the FlinkDeployment sees them.',
    remedy: 'have the program read it from a file that is mounted from a Secret',
    source: 'Flink Kubernetes operator 1.15.0: arguments are part of the specification and of logs',
    faults: (job) =>
      (job._props.args ?? []).flatMap((argument, index) =>
        secretFaults(argument).map((fault) => `argument ${index + 1} of job '${job.jobName}' ${fault}`),
      ),
  },
  {
    id: 'flink-jar-topic',
    holds: 'The topics of a job are in the clusters that their connections reach.',
    remedy: 'make the topic in the cluster of the listener',
    source: 'Strimzi 1.2.0: topics are kept per cluster',
    faults: (job) =>
      job._topics
        .filter(({ topic, connection }) => topic.clusterId !== connection.listener.clusterId)
        .map(
          ({ topic, connection }) =>
            `job '${job.jobName}' connects to cluster '${connection.listener.clusterName}', its topic '${topic.topicName}' is in '${topic.clusterName}'`,
        ),
  },
];
