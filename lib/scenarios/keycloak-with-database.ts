import { Chart } from 'cdk8s';
import {
  CertManagerCertificate,
  CertManagerCertificateAuthority,
  CertificateUsage,
  DevelopmentSecrets,
  Keycloak,
  PostgresDatabase,
} from '../library';

/** A Keycloak with a certificate and a database of its own. */
export function keycloakWithDatabase(chart: Chart, secrets: DevelopmentSecrets, clusterDomain?: string): Keycloak {
  const database = new PostgresDatabase(chart, 'keycloak-postgres', {
    database: 'keycloak',
    usernameSecret: secrets.username('keycloak-postgres', 'username', 'keycloak'),
    passwordSecret: secrets.password('keycloak-postgres', 'password'),
    clusterDomain,
  });
  const certificate = new CertManagerCertificate(chart, 'keycloak-tls', {
    issuer: new CertManagerCertificateAuthority(chart, 'keycloak-ca'),
    commonName: 'keycloak',
    dnsNames: Keycloak.dnsNames('keycloak', database.namespace, clusterDomain),
    usages: [CertificateUsage.SERVER],
  });
  return new Keycloak(chart, 'keycloak', { certificate, database, clusterDomain });
}
