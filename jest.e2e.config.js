const base = require('./jest.config.js');

/** Scenarios on real servers: `npm run test:e2e`. */
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  testEnvironment: './test/support/e2e/environment.js',
  roots: ['<rootDir>/test/e2e'],
  testMatch: ['**/*.e2e.ts'],
  testTimeout: 180_000,
};
