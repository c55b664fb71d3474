import { Duration } from 'cdk8s';
import { goDuration } from '../../lib/kubernetes/go-duration';

test.each([
  [Duration.days(90), '2160h'],
  [Duration.hours(1), '1h'],
  [Duration.minutes(90), '90m'],
  [Duration.seconds(45), '45s'],
  [Duration.millis(1500), '1.5s'],
  [Duration.seconds(0), '0s'],
])('%s is written as %s', (duration, text) => {
  expect(goDuration(duration)).toBe(text);
});
