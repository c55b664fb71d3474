/** Whether a test of this file has failed so far; the test environment says so. */
export function hasFailed(): boolean {
  return (globalThis as { e2eFailed?: boolean }).e2eFailed === true;
}
