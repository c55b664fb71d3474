import { Chart, Size } from 'cdk8s';
import {
  ExistingCertificate,
  ExistingCertificateProps,
  KafkaCluster,
  KafkaClusterProps,
  KafkaConnection,
  KafkaConnectionProps,
  KafkaListener,
  KafkaListenerProps,
  KafkaNodePool,
  KafkaNodePoolProps,
  KafkaNodeRole,
  KafkaStorage,
  KafkaUser,
  ListenerAuthentication,
  OAuthClient,
  OAuthClientProps,
  OAuthIssuer,
  OAuthIssuerProps,
  SecretKey,
  TrustedCertificates,
  UserAuthentication,
} from '../../lib';

export const DISK = KafkaStorage.persistent({ size: Size.gibibytes(10) });

/** Adds nodes that are brokers and controllers. */
export function addNodes(
  cluster: KafkaCluster,
  props: Partial<KafkaNodePoolProps> = {},
  name = 'dual-role',
): KafkaNodePool {
  const roles = [KafkaNodeRole.CONTROLLER, KafkaNodeRole.BROKER];
  return cluster.addNodePool(name, { roles, replicas: 1, storage: DISK, ...props });
}

/** A cluster named `my-cluster` without nodes or listeners. */
export function emptyCluster(chart: Chart, props: KafkaClusterProps = {}): KafkaCluster {
  return new KafkaCluster(chart, props.clusterName ?? 'my-cluster', props);
}

/** A cluster named `my-cluster` with one dual-role node and no listener. */
export function clusterWithNode(chart: Chart, props: KafkaClusterProps = {}): KafkaCluster {
  const cluster = emptyCluster(chart, props);
  addNodes(cluster);
  return cluster;
}

/** A cluster named `my-cluster` with one dual-role node and the listener `tls` on port 9093, which asks for certificates. */
export function cluster(chart: Chart, props: KafkaClusterProps = {}): KafkaCluster {
  const made = clusterWithNode(chart, props);
  addListener(made);
  return made;
}

/** Adds a listener, which asks for certificates unless `props` say otherwise. */
export function addListener(to: KafkaCluster, props: Partial<KafkaListenerProps> = {}, name = 'tls'): KafkaListener {
  return to.addListener(name, { port: 9093, authentication: ListenerAuthentication.tls(), ...props });
}

/** The only listener, named `tls`, of a cluster with one dual-role node. */
export function listener(
  chart: Chart,
  props: Partial<KafkaListenerProps> = {},
  clusterProps: KafkaClusterProps = {},
): KafkaListener {
  return addListener(clusterWithNode(chart, clusterProps), props);
}

/** A user, with a certificate unless another authentication is given. */
export function user(of: KafkaCluster, authentication = UserAuthentication.tls(), name = 'my-user'): KafkaUser {
  return new KafkaUser(Chart.of(of), name, { cluster: of, authentication });
}

/** The connection of a client in the chart's namespace to a listener. */
export function connect(chart: Chart, props: KafkaConnectionProps, id = 'connection'): KafkaConnection {
  return new KafkaConnection(chart, id, props);
}

/** The authority `company-ca`, in a Secret of the namespace `flink`. */
export const COMPANY_CA = TrustedCertificates.fromSecret('company-ca', 'ca.crt');

/** A certificate in Secret `my-tls`, issued by `COMPANY_CA`. */
export function certificate(props: Partial<ExistingCertificateProps> = {}): ExistingCertificate {
  return new ExistingCertificate({
    commonName: 'my-user',
    certificate: SecretKey.existing('my-tls', 'tls.crt'),
    privateKey: SecretKey.existing('my-tls', 'tls.key'),
    issuer: COMPANY_CA,
    ...props,
  });
}

const REALM = 'https://sso.example.com/realms/kafka';

/** A realm at `sso.example.com`, known by a public authority. */
export function issuer(props: Partial<OAuthIssuerProps> = {}): OAuthIssuer {
  return new OAuthIssuer({
    issuerUri: REALM,
    jwksEndpointUri: `${REALM}/certs`,
    tokenEndpointUri: `${REALM}/token`,
    ...props,
  });
}

/** The client `etl` of a realm, whose tokens name `service-account-etl` and are for `kafka`. */
export function oauthClient(props: Partial<OAuthClientProps> = {}): OAuthClient {
  return new OAuthClient({
    issuer: issuer(),
    clientId: 'etl',
    clientSecret: SecretKey.existing('etl-client', 'secret'),
    audiences: ['kafka'],
    claims: { preferred_username: 'service-account-etl' },
    ...props,
  });
}
