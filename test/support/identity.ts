import { Chart } from 'cdk8s';
import {
  ExistingCertificate,
  ExistingCertificateProps,
  Keycloak,
  KeycloakProps,
  KeycloakRealm,
  KeycloakRealmProps,
  PostgresDatabase,
  PostgresDatabaseProps,
  SecretKey,
  TrustedCertificates,
} from '../../lib';

/** A certificate for the Service of a Keycloak named `sso` in namespace `flink`. */
export function certificate(props: Partial<ExistingCertificateProps> = {}): ExistingCertificate {
  return new ExistingCertificate({
    commonName: 'sso',
    certificate: SecretKey.existing('sso-tls', 'tls.crt'),
    privateKey: SecretKey.existing('sso-tls', 'tls.key'),
    issuer: TrustedCertificates.fromSecret('company-ca', 'ca.crt', { namespace: 'flink' }),
    dnsNames: Keycloak.dnsNames('sso', 'flink'),
    ...props,
  });
}

/** A PostgreSQL server named `sso-db`. */
export function database(chart: Chart, props: Partial<PostgresDatabaseProps> = {}): PostgresDatabase {
  return new PostgresDatabase(chart, 'sso-db', {
    database: 'keycloak',
    usernameSecret: SecretKey.existing('sso-db-login', 'user'),
    passwordSecret: SecretKey.existing('sso-db-login', 'pass'),
    ...props,
  });
}

/** A Keycloak named `sso` with a PostgreSQL server. */
export function keycloak(chart: Chart, props: Partial<KeycloakProps> = {}): Keycloak {
  return new Keycloak(chart, 'sso', {
    certificate: certificate(),
    database: props.database ?? database(chart),
    ...props,
  });
}

/** A realm named `kafka` of a Keycloak named `sso`. */
export function realm(chart: Chart, props: Partial<KeycloakRealmProps> = {}): KeycloakRealm {
  return new KeycloakRealm(chart, 'kafka', { keycloak: props.keycloak ?? keycloak(chart), ...props });
}
