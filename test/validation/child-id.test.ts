import { Construct } from 'constructs';
import { childId } from '../../lib/validation/child-id';
import { testChart } from '../support/synth';

test('an id is taken as long as it is free', () => {
  const chart = testChart();
  const ids = ['a', 'a', 'b', 'a'].map((id) => new Construct(chart, childId(chart, id)).node.id);
  expect(ids).toEqual(['a', 'a-2', 'b', 'a-3']);
});
