import { coversHost } from '../../lib/pki/host-names';

test.each([
  ['registry.flink.svc', true],
  ['*.flink.svc', true],
  ['*.svc', false],
  ['*', false],
  ['other.flink.svc', false],
])('a certificate for %s is valid for registry.flink.svc: %s', (name, valid) => {
  expect(coversHost([name], 'registry.flink.svc')).toBe(valid);
});
