const { transform } = require('./jest.config');

/** The tests that ask a real API server: `npm run test:api`. @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test/api'],
  testMatch: ['**/*.api.ts'],
  transform,
  globalSetup: '<rootDir>/test/api/set-up.ts',
  globalTeardown: '<rootDir>/test/api/tear-down.ts',
  // There is one API server, and the tests use the same namespaces in it.
  maxWorkers: 1,
  testTimeout: 60_000,
};
