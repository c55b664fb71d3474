import { SecretKey } from '../secrets/secret-key';

/**
 * The kinds of databases that Keycloak can use.
 *
 * @see Keycloak 26.6.4, "Configuring the database"
 */
export enum KeycloakDatabaseVendor {
  MARIADB = 'mariadb',
  MSSQL = 'mssql',
  MYSQL = 'mysql',
  ORACLE = 'oracle',
  POSTGRES = 'postgres',
}

/** A database, as Keycloak sees it. */
export interface IKeycloakDatabase {
  /** What kind of database it is. */
  readonly vendor: KeycloakDatabaseVendor;
  /** The host that it runs on. */
  readonly host: string;
  /** The port that it listens on. */
  readonly port: number;
  /** The name of the database. */
  readonly database: string;
  /** The Secret key that holds the name of the user. */
  readonly usernameSecret: SecretKey;
  /** The Secret key that holds the password of the user. */
  readonly passwordSecret: SecretKey;

  /**
   * Opens the database to pods. Keycloak does it by itself.
   *
   * @param labels the labels of the pods
   * @param namespace the namespace of the pods
   */
  allowFromPods(labels: { [key: string]: string }, namespace: string): void;
}

/** What is known of a database that exists already. */
export interface ExistingKeycloakDatabaseProps {
  /** What kind of database it is. */
  readonly vendor: KeycloakDatabaseVendor;
  /** The host that it runs on. */
  readonly host: string;
  /** The port that it listens on. */
  readonly port: number;
  /** The name of the database. */
  readonly database: string;
  /** The Secret key that holds the name of the user, in the namespace of Keycloak. */
  readonly usernameSecret: SecretKey;
  /** The Secret key that holds the password of the user, in the namespace of Keycloak. */
  readonly passwordSecret: SecretKey;
}

/** A database that exists already. */
export class ExistingKeycloakDatabase implements IKeycloakDatabase {
  public readonly vendor: KeycloakDatabaseVendor;
  public readonly host: string;
  public readonly port: number;
  public readonly database: string;
  public readonly usernameSecret: SecretKey;
  public readonly passwordSecret: SecretKey;

  /**
   * @param props what is known of the database
   */
  public constructor(props: ExistingKeycloakDatabaseProps) {
    this.vendor = props.vendor;
    this.host = props.host;
    this.port = props.port;
    this.database = props.database;
    this.usernameSecret = props.usernameSecret;
    this.passwordSecret = props.passwordSecret;
  }

  /**
   * Does nothing: who may reach a database outside this app is decided there.
   *
   * @param _labels the labels of the pods
   * @param _namespace the namespace of the pods
   */
  public allowFromPods(_labels: { [key: string]: string }, _namespace: string): void {}
}
