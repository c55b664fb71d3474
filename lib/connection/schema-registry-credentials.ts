import { ICertificate } from '../pki/certificate';
import { SecretKey } from '../secrets/secret-key';

/** @internal What each kind of credentials consists of. */
export type _RegistryCredentialDetails =
  | { readonly kind: 'basic'; readonly username: string; readonly password: SecretKey }
  | { readonly kind: 'certificate'; readonly certificate: ICertificate };

/** What a client proves its identity to a schema registry with. Secret parts are references, never values. */
export class SchemaRegistryCredentials {
  /**
   * A name and password (HTTP basic authentication); at Confluent Cloud, an API key and its secret.
   *
   * @param username the user; without a colon, which ends the name in the header
   * @param password the Secret key that holds the password
   */
  public static basic(username: string, password: SecretKey): SchemaRegistryCredentials {
    return new SchemaRegistryCredentials({ kind: 'basic', username, password });
  }

  /**
   * A client certificate (mutual TLS).
   *
   * @param certificate the certificate and its key
   */
  public static certificate(certificate: ICertificate): SchemaRegistryCredentials {
    return new SchemaRegistryCredentials({ kind: 'certificate', certificate });
  }

  private constructor(
    /** @internal */
    public readonly _details: _RegistryCredentialDetails,
  ) {}

  /** @internal The Secret keys that a client must be able to mount. */
  public _keys(): SecretKey[] {
    const details = this._details;
    switch (details.kind) {
      case 'basic':
        return [details.password];
      case 'certificate':
        return [details.certificate.certificate, details.certificate.privateKey];
    }
  }
}
