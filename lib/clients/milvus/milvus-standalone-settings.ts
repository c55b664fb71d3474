import { ClientFiles, secretPath, trustPath } from '../../connection/client-files';
import { ICertificate } from '../../pki/certificate';
import { SecretKey } from '../../secrets/secret-key';
import { MilvusSettings } from './milvus-settings';
import { MilvusEtcdProps, MilvusObjectStoreProps, MilvusStorage } from './milvus-storage';

/** The folder that Milvus writes to. */
export const DATA_FOLDER = '/var/lib/milvus';

/**
 * The settings of the storage.
 *
 * @see Milvus 2.6.7, pkg/util/paramtable/service_param.go (EtcdConfig, MinioConfig), pkg/util/etcd/etcd_server.go
 */
export function storageSettings({ _details: details }: MilvusStorage, name: string): MilvusSettings {
  const localStorage = { path: `${DATA_FOLDER}/data` };
  switch (details.kind) {
    case 'volume':
      return {
        etcd: { use: { embed: 'true' }, data: { dir: `${DATA_FOLDER}/etcd` }, rootPath: name },
        common: { storageType: 'local' },
        localStorage,
      };
    case 'external': {
      const { etcd, objects } = details.external;
      return {
        etcd: { rootPath: name, endpoints: etcd.endpoints, ...etcdTls(etcd) },
        common: { storageType: 'remote' },
        localStorage,
        minio: {
          address: objects.host,
          port: String(objects.port ?? 443),
          bucketName: objects.bucket,
          rootPath: name,
          useSSL: String(!objects.unencrypted),
          ...objectStoreTls(objects),
        },
      };
    }
  }
}

/** The secret values of the storage, by the variable that overrides a setting. */
export function storageSecrets({ _details: details }: MilvusStorage): Record<string, SecretKey> {
  if (details.kind === 'volume') return {};
  const { accessKey, secretAccessKey } = details.external.objects;
  return { MINIO_ACCESSKEYID: accessKey, MINIO_SECRETACCESSKEY: secretAccessKey };
}

/** Adds the files of the storage. */
export function addStorageFiles(files: ClientFiles, { _details: details }: MilvusStorage): void {
  if (details.kind === 'volume') return;
  const { etcd, objects } = details.external;
  if (etcd.trust) files.addTrust(etcd.trust);
  if (etcd.certificate) addCertificate(files, etcd.certificate);
  if (objects.trust) files.addTrust(objects.trust);
}

/** Adds the files of a certificate. */
export function addCertificate(files: ClientFiles, { certificate, privateKey }: ICertificate): void {
  files.addKey(certificate);
  files.addKey(privateKey);
}

/**
 * The settings of the server's own API.
 *
 * @see Milvus 2.6.7, pkg/util/paramtable/grpc_param.go (`common.security.tlsMode`, `tls.*`)
 */
export function apiSettings(certificate: ICertificate | undefined, passwords: boolean): MilvusSettings {
  return {
    common: {
      security: { tlsMode: certificate ? '1' : '0', authorizationEnabled: String(passwords) },
    },
    ...(certificate
      ? {
          tls: {
            serverPemPath: secretPath(certificate.certificate),
            serverKeyPath: secretPath(certificate.privateKey),
          },
        }
      : {}),
  };
}

function etcdTls({ trust, certificate }: MilvusEtcdProps): MilvusSettings {
  if (!trust || !certificate) return {};
  return {
    ssl: {
      enabled: 'true',
      tlsCert: secretPath(certificate.certificate),
      tlsKey: secretPath(certificate.privateKey),
      tlsCACert: trustPath(trust),
    },
  };
}

function objectStoreTls({ trust }: MilvusObjectStoreProps): MilvusSettings {
  return trust ? { ssl: { tlsCACert: trustPath(trust) } } : {};
}
