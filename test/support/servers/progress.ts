const HEARTBEAT = 15_000;

/** Says what is going on, on the error output: the other one may be read by a program. */
export function progress(line: string): void {
  process.stderr.write(`# ${line}\n`);
}

/** Does `work`, says how long it took, and says that it is still under way now and then. Returns what `work` does. */
export async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = Date.now();
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
  const heartbeat = setInterval(() => progress(`${what}: ${seconds()} so far`), HEARTBEAT);
  try {
    const result = await work();
    progress(`${what}: ${seconds()}`);
    return result;
  } catch (error) {
    progress(`${what}: failed after ${seconds()}`);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}
