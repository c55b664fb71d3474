import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { nodesOf, serviceNames } from './cluster-secrets';
import { ManifestSet } from './manifest-set';

/**
 * The Services of a scenario, each with a loopback address of its own, so that two may have the same port as in the
 * cluster. Their DNS names go to `/etc/hosts`.
 */
export class ServiceNetwork {
  private readonly addresses = new Map<string, string>();

  public constructor(manifests: ManifestSet) {
    for (const { metadata, spec } of manifests.all('Service')) {
      for (const { port, targetPort } of spec.ports) {
        if (targetPort !== port) throw new Error(`Service ${metadata.name}: port ${port} is not that of the pod`);
      }
      this.add(serviceNames(metadata.name, metadata.namespace));
    }
    for (const kafka of manifests.all('Kafka')) {
      const { name, namespace } = kafka.metadata;
      const brokers = serviceNames(`${name}-kafka-brokers`, namespace);
      const pods = nodesOf(kafka, manifests).flatMap((node) => brokers.map((service) => `${node}.${service}`));
      this.add([...serviceNames(`${name}-kafka-bootstrap`, namespace), ...brokers, ...pods]);
    }
    // Keycloak operator 26: the Service of a Keycloak is named after it.
    for (const { metadata } of manifests.all('Keycloak'))
      this.add(serviceNames(`${metadata.name}-service`, metadata.namespace));
  }

  /** The address of a Service or of a pod behind one. */
  public address(name: string): string {
    const found = this.addresses.get(name);
    if (!found) throw new Error(`no name ${name}; there are ${[...this.addresses.keys()].join(', ')}`);
    return found;
  }

  /** Gives more names an address of their own. */
  public add(names: readonly string[]): string {
    const address = `127.0.1.${new Set(this.addresses.values()).size + 1}`;
    for (const name of names) this.addresses.set(name, address);
    return address;
  }

  /** Gives a name the address of another one, which no certificate knows of. */
  public alias(name: string, of: string): void {
    this.addresses.set(name, this.address(of));
  }

  /**
   * Writes `/etc/hosts`, which is the suite's own.
   *
   * @param absent Services that the operators have not made yet
   */
  public write(absent: readonly string[] = []): void {
    const without = absent.map((name) => this.address(name));
    const known = [...this.addresses].filter(([, address]) => !without.includes(address));
    const lines = known.map(([name, address]) => `${address} ${name}`);
    // Kafka and Keycloak look up the name of the machine.
    writeFileSync('/etc/hosts', ['127.0.0.1 localhost', `127.0.0.1 ${hostname()}`, ...lines, ''].join('\n'));
  }
}
