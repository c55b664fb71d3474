import {
  CustomScenario,
  Environments,
  MtlsScenario,
  OAuthScenario,
  PlaintextScenario,
  ScramScenario,
  TlsScenario,
} from '../lib';

/** The scenarios of Flink, which the bar is for. */
const environments = new Environments();

new PlaintextScenario(environments.environment('plaintext'));
new TlsScenario(environments.environment('tls'));
new MtlsScenario(environments.environment('mtls'));
new ScramScenario(environments.environment('scram'));
new OAuthScenario(environments.environment('oauth'));
new CustomScenario(environments.environment('custom'));

environments.synth();
