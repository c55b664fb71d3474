/**
 * Says everything that keeps an app from being written.
 *
 * Where in our code it was thrown helps nobody: the message is all there is, also for whoever prints the stack.
 */
export class SynthesisError extends Error {
  /** @param faults the messages, each with the path of the construct that is to blame */
  public constructor(faults: readonly string[]) {
    super(headline(faults.length) + faults.map((fault, index) => `\n  ${index + 1}. ${fault}`).join(''));
    // Node prints every property that can be listed when nobody catches the error.
    Object.defineProperty(this, 'name', { value: 'SynthesisError', enumerable: false });
    this.stack = this.message;
  }
}

function headline(count: number): string {
  return `${count === 1 ? 'One fault was' : `${count} faults were`} found, and nothing was written:`;
}
