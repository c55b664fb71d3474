export { CustomScenario } from './custom-scenario';
export { MtlsScenario } from './mtls-scenario';
export { OAuthScenario } from './oauth-scenario';
export { PlaintextScenario } from './plaintext-scenario';
export { ScenarioChart } from './scenario-chart';
export { ScenarioProps } from './scenario-props';
export { ScramScenario } from './scram-scenario';
export { TlsScenario } from './tls-scenario';
