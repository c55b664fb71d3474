import { Chart } from 'cdk8s';
import { DNS_LABEL_LENGTH, isDnsLabel } from '../../kubernetes/names';
import { loginSupportRule } from '../../connection/login-mode';
import { Rule, faultIf } from '../../validation/rule';
import type { ClientConfigMap } from './client-config-map';
import { KAFKA_UI_SUPPORT } from './client-support';
import { isReadableByKcat } from './librdkafka-dialects';

const LONGEST = DNS_LABEL_LENGTH - '-settings'.length;

export const CLIENT_CONFIG_MAP_RULES: readonly Rule<ClientConfigMap>[] = [
  {
    id: 'client-map-name',
    holds: 'The volume of a ConfigMap with settings is named after it.',
    remedy: `use at most ${LONGEST} lower-case letters, digits and dashes`,
    source: 'Kubernetes 1.35: a volume has a DNS label for a name',
    faults: ({ configMapName }) =>
      faultIf(
        !isDnsLabel(configMapName) || configMapName.length > LONGEST,
        `no ConfigMap with settings can be named '${configMapName}'`,
      ),
  },
  {
    id: 'client-map-workload',
    holds: 'A workload runs in the namespace of the settings that are attached to it.',
    remedy: 'make the connection for the namespace of the workload: namespace',
    source: 'Kubernetes 1.35: a pod mounts ConfigMaps and Secrets of its own namespace',
    faults: (map) =>
      map
        ._attachments()
        .map(({ workload }) => ({
          name: workload.name,
          namespace: workload.metadata.namespace ?? Chart.of(workload).namespace ?? '',
        }))
        .filter(({ namespace }) => namespace !== map.namespace)
        .map(
          ({ name, namespace }) =>
            `'${name}' in namespace '${namespace}' cannot mount the ConfigMap '${map.configMapName}' in '${map.namespace}'`,
        ),
  },
  {
    id: 'client-map-variable',
    holds: 'The variables that a program needs with its settings are not given to it otherwise.',
    remedy: 'leave the variable out there, or name another one here: variable',
    source: 'Kubernetes 1.35: a variable of a container has one value',
    faults: (map) =>
      map._attachments().flatMap(({ workload, variables }) =>
        workload.containers.flatMap(({ name, env }) =>
          Object.keys(variables)
            .filter((variable) => env.variables[variable] && env.variables[variable] !== variables[variable])
            .map((variable) => `container '${name}' of '${workload.name}' has a variable ${variable} of its own`),
        ),
      ),
  },
  {
    id: 'kcat-value',
    holds: 'Each value in the file of kcat is one that it reads as it is.',
    remedy: 'use a value of less than 400 characters without \\: and \\= and without blanks at its end',
    source: 'kcat 1.7.1, kcat.c (read_conf_file)',
    faults: (map) =>
      Object.entries(map._rendered.librdkafka?.settings ?? {})
        .filter(([setting, value]) => !isReadableByKcat(setting, value))
        .map(([setting, value]) => `kcat would read another ${setting} than '${value}'`),
  },
  loginSupportRule('kafka-ui-login', KAFKA_UI_SUPPORT, (map) => ({
    name: map.configMapName,
    connections: map.dialect._details.kind === 'kafkaUi' ? [map.connection] : [],
  })),
];
