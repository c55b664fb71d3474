import {
  ConfluentSslScenario,
  CustomScenario,
  Environments,
  KsqlSecureScenario,
  MilvusNoneScenario,
  MilvusSaslScenario,
  MilvusSaslTlsScenario,
  MilvusTlsScenario,
  MtlsScenario,
  OAuthScenario,
  PlaintextScenario,
  ScramScenario,
  SingleStoreConfluentCloudScenario,
  SingleStoreKerberosScenario,
  SingleStoreMtlsScenario,
  SingleStoreOAuthScenario,
  SingleStoreSaslPlainScenario,
  SingleStoreScramSha256Scenario,
  SingleStoreScramSha512Scenario,
  SingleStoreSslScenario,
  TlsScenario,
} from '../lib';

const environments = new Environments();

new PlaintextScenario(environments.environment('plaintext'));
new TlsScenario(environments.environment('tls'));
new MtlsScenario(environments.environment('mtls'));
new ScramScenario(environments.environment('scram'));
new OAuthScenario(environments.environment('oauth'));
new CustomScenario(environments.environment('custom'));
new KsqlSecureScenario(environments.environment('ksql-secure'));
new ConfluentSslScenario(environments.environment('confluent-ssl'));
new MilvusNoneScenario(environments.environment('milvus-none'));
new MilvusSaslScenario(environments.environment('milvus-sasl'));
new MilvusTlsScenario(environments.environment('milvus-tls'));
new MilvusSaslTlsScenario(environments.environment('milvus-sasl-tls'));
new SingleStoreSslScenario(environments.environment('singlestore-ssl'));
new SingleStoreMtlsScenario(environments.environment('singlestore-mtls'));
new SingleStoreSaslPlainScenario(environments.environment('singlestore-sasl-plain'));
new SingleStoreScramSha256Scenario(environments.environment('singlestore-scram-sha-256'));
new SingleStoreScramSha512Scenario(environments.environment('singlestore-scram-sha-512'));
new SingleStoreKerberosScenario(environments.environment('singlestore-kerberos'));
new SingleStoreOAuthScenario(environments.environment('singlestore-oauth'));
new SingleStoreConfluentCloudScenario(environments.environment('singlestore-confluent-cloud'));

environments.synth();
