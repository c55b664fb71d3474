const { TestEnvironment } = require('jest-environment-node');

/** Remembers whether a test of the file has failed, so that what the servers said can be printed. */
module.exports = class extends TestEnvironment {
  handleTestEvent(event) {
    if (event.name === 'test_done' && event.test.errors.length > 0) this.global.e2eFailed = true;
    if (event.name === 'hook_failure') this.global.e2eFailed = true;
  }
};
