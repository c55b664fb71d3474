import { createHash } from 'node:crypto';
import { ApiObject, JsonPatch } from 'cdk8s';
import { ConfigMap, Service, Volume } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { WorkloadProps, addDeployment } from '../../kubernetes/workload';

/** A Deployment whose container finds configuration files in a folder. */
export interface ConfiguredDeploymentProps extends WorkloadProps {
  /** The files, none of them secret. */
  readonly configuration: { [file: string]: string };
  /** The folder of the files. */
  readonly configurationFolder: string;
}

/** The volume of the configuration files. */
export const CONFIGURATION_VOLUME = 'configuration';

/**
 * Adds a Deployment with its configuration files. Pods are replaced when a file changes: the programs read theirs once,
 * and Kubernetes alone would leave them as they are.
 */
export function addConfiguredDeployment(scope: Construct, props: ConfiguredDeploymentProps): ApiObject {
  const { name, namespace, labels, configuration, configurationFolder } = props;
  const files = new ConfigMap(scope, 'Configuration', {
    metadata: { name: `${name}-configuration`, namespace, labels },
    data: configuration,
  });
  const volume = Volume.fromConfigMap(scope, CONFIGURATION_VOLUME, files, { name: CONFIGURATION_VOLUME });
  const { volumeMounts = [], ...container } = props.container;
  const mounts = [...volumeMounts, { path: configurationFolder, volume, readOnly: true }];
  const deployment = ApiObject.of(
    addDeployment(scope, { ...props, container: { ...container, volumeMounts: mounts } }),
  );
  const checksum = createHash('sha256').update(JSON.stringify(configuration)).digest('hex');
  deployment.addJsonPatch(
    JsonPatch.add('/spec/template/metadata/annotations', { 'cdk8s-secure-kafka/configuration': checksum }),
  );
  return deployment;
}

/** Where the pods of a workload are reached. */
export interface WorkloadServiceProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [key: string]: string };
  readonly port: number;
  readonly encrypted: boolean;
}

/** Adds the Service of a workload with one port. */
export function addWorkloadService(scope: Construct, props: WorkloadServiceProps): Service {
  const { name, namespace, labels, port, encrypted } = props;
  const service = new Service(scope, 'Service', {
    metadata: { name, namespace, labels },
    ports: [{ name: encrypted ? 'https' : 'http', port, targetPort: port }],
  });
  for (const [label, value] of Object.entries(labels)) service.selectLabel(label, value);
  return service;
}
