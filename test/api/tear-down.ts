import { progress } from '../support/servers/progress';
import { SERVERS } from './running';

/** Stops the servers, and says how long the run took. */
export default async function tearDown(): Promise<void> {
  await SERVERS.stop();
  progress(`everything, without what is built once: ${((Date.now() - SERVERS.began) / 1000).toFixed(1)} s`);
}
