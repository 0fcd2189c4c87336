import type { Problem, Scenario } from '#rehearsal/scenarios/scenario.ts';
import { readScenarios } from '#rehearsal/scenarios/scenario-files.ts';

const shops = {
  hearth: { currency: 'EUR', timeZone: 'Europe/Berlin' },
  northside: {
    currency: 'USD',
    timeZone: 'America/Chicago',
    survey: 'nps',
    products: { 'NS-TNT-2P': { complexity: 'complex' } },
  },
} as const;

const touches = ['order-confirmation', 'dispatch-notice', 'delivery-notice', 'win-back'];

/** What a file with this text comes to. */
export const readText = (text: string) =>
  readScenarios(text, { file: 'a.yaml', prefix: 'a', shops, touches });

/** A notebook page with these lines under `when` and `then`. */
export const page = (when: string, then = '', head = ''): string => `scenario: A page
shop: hearth
customer: { id: c-1, name: Jana Krüger, email: jana@customers.example }
${head}
when:
  - day 0 09:00: order placed
    lines: [HG-GRI-010, 2 x HG-BEA-250]
${when}
then:
  - day 0: order-confirmation
${then}
`;

/** The scenario that a text tells; a text with a mistake fails the test. */
export const scenarioOf = (text: string): Scenario => {
  const { scenarios, problems } = readText(text);
  const [scenario] = scenarios;
  if (scenario === undefined) throw new Error(problems.map(({ problem }) => problem).join('\n'));
  return scenario;
};

export const problemsOf = (text: string): readonly Pick<Problem, 'line' | 'problem'>[] =>
  readText(text).problems;

/** The details of the events of one type. */
export const detailsOf = (scenario: Scenario, type: string) =>
  scenario.events.filter(({ detailType }) => detailType === type).map(({ detail }) => detail);
