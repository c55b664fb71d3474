import { Rule, faultIf } from '../../validation/rule';
import type { SingleStoreEngine } from './singlestore-engine';

export const SINGLESTORE_ENGINE_RULES: readonly Rule<SingleStoreEngine>[] = [
  {
    id: 'singlestore-address',
    holds: 'A SingleStore is known by a host name and a port.',
    remedy: "give host: 'svc-....svc.singlestore.com', without protocol and port",
    source: 'RFC 1123, 2.1',
    faults: ({ _label: label, host, port }) => [
      ...faultIf(
        !/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(host),
        `${label} cannot be reached at host '${host}'`,
      ),
      ...faultIf(!Number.isInteger(port) || port < 1 || port > 65535, `${label} cannot be reached at port ${port}`),
    ],
  },
];
