import { setTimeout as pause } from 'node:timers/promises';

const BETWEEN_QUESTIONS = 50;

/**
 * Asks again and again until the answer is yes.
 *
 * @param what what is waited for, for the message if it never comes
 * @param ask the question; an error that it throws ends the waiting
 * @param timeout for how long it is asked, in milliseconds
 */
export async function until(what: string, ask: () => Promise<boolean>, timeout = 60_000): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${timeout / 1000} s`);
    await pause(BETWEEN_QUESTIONS);
  }
}
