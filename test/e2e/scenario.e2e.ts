import { ScenarioRun } from '../support/e2e/scenario-run';
import { parts, scenario } from '../support/e2e/scenarios';
import { awkwardCredentials } from './parts/awkward-credentials';
import { moreThanOneClient } from './parts/clients';
import { flinkNewest } from './parts/flink-newest';
import { flinkRights } from './parts/flink-rights';
import { oneApply } from './parts/one-apply';
import { rightsTakenAway } from './parts/rights-taken-away';
import { rotation } from './parts/rotation';
import { whatUsersMayDo } from './parts/what-users-may-do';
import { whoGetsIn } from './parts/who-gets-in';

/** The parts of a scenario, in the order in which they are run. */
const PARTS: Record<string, (run: ScenarioRun) => void> = {
  'one-apply': oneApply,
  'flink-newest': flinkNewest,
  'flink-rights': flinkRights,
  clients: moreThanOneClient,
  'awkward-credentials': awkwardCredentials,
  'who-gets-in': whoGetsIn,
  'what-users-may-do': whatUsersMayDo,
  'rights-taken-away': rightsTakenAway,
  rotation,
};

describe(scenario(), () => {
  const run = new ScenarioRun(scenario());

  beforeAll(() => run.open());
  afterAll(() => run.close());

  for (const part of parts(Object.keys(PARTS))) describe(part, () => PARTS[part](run));
});
