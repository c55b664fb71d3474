/** Which cluster of Strimzi's it is: its name is unique in its namespace. */
export function clusterId({ namespace, clusterName }: { namespace: string; clusterName: string }): string {
  return `${namespace}/${clusterName}`;
}
