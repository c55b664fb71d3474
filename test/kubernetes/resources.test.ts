import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { renderResources } from '../../lib/kubernetes/resources';

test('memory is set aside as a whole, processors as far as asked for', () => {
  expect(renderResources({ cpuRequest: Cpu.millis(250), cpuLimit: Cpu.units(2), memory: Size.gibibytes(1) })).toEqual({
    requests: { cpu: '250m', memory: '1Gi' },
    limits: { cpu: '2', memory: '1Gi' },
  });
});
