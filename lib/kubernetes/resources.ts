import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';

/** What a container asks for and what it gets at most. */
export interface ResourceProps {
  /** The processor time that is set aside. */
  readonly cpuRequest: Cpu;
  /** The processor time that it gets at most. */
  readonly cpuLimit: Cpu;
  /** The memory: set aside and at most, so that no node is overcommitted. */
  readonly memory: Size;
}

/** The `resources` of a container. */
export function renderResources(props: ResourceProps): object {
  const memory = props.memory.asString();
  return {
    requests: { cpu: props.cpuRequest.amount, memory },
    limits: { cpu: props.cpuLimit.amount, memory },
  };
}
