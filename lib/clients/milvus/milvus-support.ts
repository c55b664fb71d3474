import { LoginSupport } from '../../connection/login-mode';

/** The ways to log in that Milvus knows. SCRAM depends on the image, see the rule `milvus-scram`. */
export const MILVUS_SUPPORT: LoginSupport = {
  system: 'Milvus',
  refused: {
    'SASL GSSAPI': 'it passes on a user name and a password alone, and its librdkafka is built without Kerberos',
  },
  source: 'Milvus 2.6.7, pkg/streaming/walimpls/impls/kafka/builder.go; librdkafka 1.9.1',
};
