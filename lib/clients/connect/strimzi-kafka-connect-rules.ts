import { isDnsSubdomain } from '../../kubernetes/names';
import { WORKLOAD_RULES } from '../../kubernetes/workload-rules';
import { Rule, faultIf } from '../../validation/rule';
import type { StrimziKafkaConnect } from './strimzi-kafka-connect';

/** The longest name: that of a Service, `<name>-connect-api`, has 63 characters. */
const LONGEST = 63 - '-connect-api'.length;

const SHA512 = /^[0-9a-f]{128}$/i;
const PLUGIN_NAME = /^[a-z0-9][-_a-z0-9]*[a-z0-9]$/;

export const STRIMZI_KAFKA_CONNECT_RULES: readonly Rule<StrimziKafkaConnect>[] = [
  {
    id: 'strimzi-connect-name',
    holds: 'The name of a KafkaConnect resource leaves room for the names that Strimzi makes of it.',
    remedy: `use at most ${LONGEST} lower-case letters, digits, dashes and dots`,
    source: 'Strimzi 1.2.0, api/.../connect/KafkaConnectResources.java (<name>-connect-api)',
    faults: ({ connectName: name }) =>
      faultIf(!isDnsSubdomain(name) || name.length > LONGEST, `no KafkaConnect can be named '${name}'`),
  },
  {
    id: 'strimzi-connect-image',
    holds: 'The image of workers is one, given or built, is named by a version, and is made of files that are known.',
    remedy: 'give image or imageBuild, with a tag that is never moved, and the SHA-512 checksum of each file',
    source: 'Strimzi 1.2.0, KafkaConnect CRD: image wins over build; Kubernetes 1.35, "Images"',
    faults: ({ connectName, image, _build: build }) => {
      const pinned = WORKLOAD_RULES.filter(({ id }) => id === 'workload-image');
      const used = [...(image === undefined ? [] : [image]), ...(build ? [build.image] : [])];
      return [
        ...faultIf(used.length > 1, `Kafka Connect '${connectName}' has an image and builds one`),
        ...used.flatMap((name) => pinned.flatMap(({ faults }) => faults({ name: connectName, image: name }))),
        ...(build?.plugins ?? []).flatMap((plugin) => [
          ...faultIf(!PLUGIN_NAME.test(plugin.name), `no plugin can be named '${plugin.name}'`),
          ...faultIf(plugin.artifacts.length === 0, `plugin '${plugin.name}' has no files`),
          ...plugin.artifacts
            .filter(({ _fields: { url, sha512sum } }) => url !== undefined && !SHA512.test(sha512sum))
            .map(({ _fields: { url } }) => `plugin '${plugin.name}' does not say which file is at ${url}`),
        ]),
      ];
    },
  },
];
