import { isConnected } from './subjects';

/** Describes what an API server does; where there is none, the tests count as skipped. */
export const describeApi = isConnected() ? describe : describe.skip;
