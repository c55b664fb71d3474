import { Construct } from 'constructs';
import { jaasLine } from '../access/jaas';
import { Principal } from '../access/principal';
import { SaslMechanism, SecurityProtocol } from '../access/protocol';
import { ICertificate } from '../pki/certificate';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { SecretKey } from '../secrets/secret-key';
import { enforce } from '../validation/rule';
import { KRAFT_QUORUM_RULES } from './kraft-quorum-rules';
import { KraftQuorumSecurity } from './kraft-quorum-security';

const PLAIN_MODULE = 'org.apache.kafka.common.security.plain.PlainLoginModule';
const SCRAM_MODULE = 'org.apache.kafka.common.security.scram.ScramLoginModule';

/** The controllers of a Kafka that somebody runs without an operator. */
export interface KraftQuorumProps {
  /** How the controllers know the brokers and each other. */
  readonly security: KraftQuorumSecurity;
  /** The certificate of the node: what a controller shows, and by mutual TLS a broker, too. */
  readonly certificate: ICertificate;
  /**
   * The authority whose certificates the nodes accept.
   *
   * @default - the issuer of the certificate
   */
  readonly trust?: TrustedCertificates;
  /**
   * The name of the controllers' listener.
   *
   * @default 'CONTROLLER'
   */
  readonly listenerName?: string;
  /**
   * The other listeners of the node, by name: Kafka knows the protocols of all of them from one setting.
   *
   * @default - none
   */
  readonly listeners?: { [name: string]: SecurityProtocol };
  /**
   * Who else may do everything: the nodes whose certificates have another subject, and administrators.
   *
   * @default - nobody else
   */
  readonly superUsers?: Principal[];
  /**
   * The folder on the node that has a folder for each Secret, with a file for each key.
   *
   * @default '/opt'
   */
  readonly secretsFolder?: string;
}

/**
 * The security of the controllers of a Kafka that no operator runs, as settings of its brokers and controllers.
 *
 * ACLs and passwords are kept in the log of the controllers' quorum, where ZooKeeper once kept them: who may write to
 * it may do everything. The settings let nobody near it who does not show a certificate or a password, and make the
 * nodes themselves super users, without which controllers refuse brokers.
 *
 * Kafka in Strimzi needs none of this: its listener for controllers asks for certificates of the cluster's own authority
 * and cannot be told otherwise, so there is no way to hand these settings to a `KafkaCluster`.
 *
 * @see Apache Kafka 4.3.1, "Security", KRaft; raft/.../KafkaRaftClient, kafka.server.KafkaConfig
 */
export class KraftQuorum extends Construct {
  /** How the controllers know the brokers and each other. */
  public readonly security: KraftQuorumSecurity;
  /** The name of the controllers' listener. */
  public readonly listenerName: string;
  /** The other listeners of the node. */
  public readonly listeners: { [name: string]: SecurityProtocol };
  /** The authority whose certificates the nodes accept. */
  public readonly trust: TrustedCertificates;
  /** Who brokers and controllers are to a controller. */
  public readonly principal: Principal;

  private readonly props: KraftQuorumProps;

  /**
   * @param scope the scope
   * @param id the construct's id
   * @param props the quorum
   */
  public constructor(scope: Construct, id: string, props: KraftQuorumProps) {
    super(scope, id);
    this.props = props;
    this.security = props.security;
    this.listenerName = props.listenerName ?? 'CONTROLLER';
    this.listeners = { ...props.listeners };
    this.trust = props.trust ?? props.certificate.issuer;
    const details = props.security._details;
    this.principal =
      details.kind === 'certificate'
        ? Principal.commonName(props.certificate.commonName)
        : Principal.named(details.username);
    enforce(this, KRAFT_QUORUM_RULES, this);
  }

  /**
   * The settings of every node, broker or controller, beside its roles, addresses and folders.
   *
   * Secret values are not in them: Kafka reads them by its `DirectoryConfigProvider`.
   */
  public get properties(): { [setting: string]: string } {
    const references = new FileReferences(this.props.secretsFolder ?? '/opt');
    const protocols = { ...this.listeners, [this.listenerName]: this.security.securityProtocol };
    const settings = {
      'controller.listener.names': this.listenerName,
      'listener.security.protocol.map': Object.entries(protocols)
        .map(([name, protocol]) => `${name}:${protocol}`)
        .join(','),
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': [...new Set([this.principal, ...(this.props.superUsers ?? [])].map(String))].join(';'),
      ...this.ofListener(this.tlsSettings(references)),
      ...this.saslSettings(references),
    };
    return { ...settings, ...references.providerSettings() };
  }

  /**
   * What `kafka-storage.sh format` is told on every node, as words of a shell command: the shell reads the password from
   * its file. Nothing unless the nodes log in by SCRAM.
   *
   * @see Apache Kafka 4.3.1, kafka.tools.StorageTool
   */
  public get formatArguments(): string[] {
    const details = this.security._details;
    if (details.kind === 'certificate' || details.mechanism === SaslMechanism.PLAIN) return [];
    const file = new FileReferences(this.props.secretsFolder ?? '/opt').path(details.password);
    return ['--add-scram', `"${details.mechanism}=[name=${details.username},password=$(cat '${file}')]"`];
  }

  private tlsSettings(references: FileReferences): Record<string, string> {
    const { certificate, security } = this.props;
    const { secretName, key = 'ca.crt' } = this.trust;
    return {
      'ssl.client.auth': security._details.kind === 'certificate' ? 'required' : 'none',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.certificate.chain': references.to(certificate.certificate),
      'ssl.keystore.key': references.to(certificate.privateKey),
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': references.path(SecretKey.existing(secretName, key)),
    };
  }

  private saslSettings(references: FileReferences): Record<string, string> {
    const details = this.security._details;
    if (details.kind === 'certificate') return {};
    const { mechanism, username } = details;
    const password = references.to(details.password);
    const login =
      mechanism === SaslMechanism.PLAIN
        ? jaasLine(PLAIN_MODULE, { username, password, [`user_${username}`]: password })
        : jaasLine(SCRAM_MODULE, { username, password });
    return {
      'sasl.mechanism.controller.protocol': mechanism,
      ...this.ofListener({
        'sasl.enabled.mechanisms': mechanism,
        [`${mechanism.toLowerCase()}.sasl.jaas.config`]: login,
      }),
    };
  }

  private ofListener(settings: Record<string, string>): Record<string, string> {
    const prefix = `listener.name.${this.listenerName.toLowerCase()}.`;
    return Object.fromEntries(Object.entries(settings).map(([name, value]) => [`${prefix}${name}`, value]));
  }
}

/** References to files on the node. */
class FileReferences {
  private readonly folders = new Set<string>();

  public constructor(private readonly root: string) {}

  public path({ secretName, key }: SecretKey): string {
    return `${this.root}/${secretName}/${key}`;
  }

  public to({ secretName, key }: SecretKey): string {
    const folder = `${this.root}/${secretName}`;
    this.folders.add(folder);
    return `\${dir:${folder}:${key}}`;
  }

  public providerSettings(): Record<string, string> {
    return {
      'config.providers': 'dir',
      'config.providers.dir.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
      'config.providers.dir.param.allowed.paths': [...this.folders].join(','),
    };
  }
}
