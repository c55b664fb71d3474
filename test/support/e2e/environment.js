const { TestEnvironment } = require('jest-environment-node');

/** Says how each test ended, and remembers whether one has failed, so that what the servers said can be printed. */
module.exports = class extends TestEnvironment {
  handleTestEvent({ name, test }) {
    if (name === 'test_done') {
      if (test.errors.length > 0) this.global.e2eFailed = true;
      process.stderr.write(`# ${test.errors.length > 0 ? 'FAILED' : 'passed'}: ${titleOf(test)}\n`);
    }
    if (name === 'hook_failure') this.global.e2eFailed = true;
  }
};

/** The title of a test, without what stands for the file. */
function titleOf(test) {
  const titles = [test.name];
  for (let block = test.parent; block; block = block.parent) titles.unshift(block.name);
  return titles.slice(1).join(' > ');
}
