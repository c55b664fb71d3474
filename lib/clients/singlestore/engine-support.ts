import { LoginSupport } from '../../connection/login-mode';

/** How the pipelines of SingleStore log in to Kafka. */
export const PIPELINE_SUPPORT: LoginSupport = {
  system: 'SingleStore pipeline',
  refused: {},
  source: 'SingleStore 9.0, "Load Data from Kafka"',
};

/** How exports from SingleStore log in to Kafka. */
export const EXPORT_SUPPORT: LoginSupport = {
  system: 'SingleStore export',
  refused: { 'SASL OAUTHBEARER': 'SELECT ... INTO KAFKA gets no tokens, only pipelines do' },
  source: 'SingleStore 9.0, "Load Data from Kafka", OAUTHBEARER',
};
