import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAssembly } from '#rehearsal/assembly/assembly.ts';
import { resolveCloud } from '#rehearsal/assembly/cloud.ts';
import { fitsGlob } from '#rehearsal/iam/glob.ts';
import { contacts } from '#rehearsal/input/sample-cases/contacts.ts';
import { after, delivered, dispatched, sampleCase } from '#rehearsal/input/sample-cases/script.ts';
import { line } from '#rehearsal/input/sample-order.ts';
import { hearth, northside } from '#rehearsal/input/sample-shops.ts';
import { byTime, type TimedEvent, told } from '#rehearsal/input/timed-event.ts';
import { assembly, rehearsed, temporaryFolder } from './rehearsed.ts';

const assemblyDir = await assembly();
const cloud = resolveCloud(readAssembly(assemblyDir), 'http://127.0.0.1:9');

/** Until the first supply of the story runs out. */
const DAYS = 14;

const START_MS = Date.parse('2026-03-02T10:00:00Z');

/** An envelope that `enrol-stage` cannot read, three times: it goes to the failure destination. */
const unreadable: TimedEvent = {
  atMs: START_MS,
  source: 'afterglow',
  detailType: 'OrderAccepted',
  detail: {},
  envelope: '{"source":"afterglow","detail-type":"OrderAccepted","detail":{}}',
};

/** The shortest story in which as much is done as can be: what is missing is named below. */
const story: readonly TimedEvent[] = [
  told(
    'CatalogItemUpdated',
    { shop: hearth.id, eventId: 'catalogue/1', occurredAtMs: START_MS },
    { item: { sku: 'HG-BEA-250', name: 'House espresso', category: 'Coffee beans' } },
  ),
  told(
    'CatalogItemUpdated',
    { shop: hearth.id, eventId: 'catalogue/2', occurredAtMs: START_MS },
    { item: { sku: 'HG-CRS-BAR', name: 'Barista course', category: 'Courses' } },
  ),
  told(
    'CustomerUpdated',
    { shop: hearth.id, eventId: 'customer/1', occurredAtMs: START_MS },
    { customerId: 'c-jana', profile: { name: 'Jana Krüger' } },
  ),
  told(
    'ConsentChanged',
    { shop: hearth.id, eventId: 'consent/1', occurredAtMs: START_MS },
    {
      customerId: 'c-jana',
      purpose: 'marketing',
      channel: 'email',
      state: 'granted',
      source: 'checkout',
    },
  ),
  ...sampleCase({
    orderId: '1-with-course',
    shop: hearth,
    about:
      'A course that is used at once, and beans that need a parcel; a bad answer before it is asked for.',
    placedAt: '2026-03-02T10:10:00Z',
    says: contacts.jana,
    lines: [line('HG-CRS-BAR'), line('HG-BEA-250')],
    course: [
      dispatched('1h', 'P1', { L2: 1 }),
      delivered('2h', 'P1'),
      after('3h', 'UsageMilestoneReached', { lineId: 'L1', milestone: 'first-use' }),
      after('5d', 'SurveyAnswered', { survey: 'csat', score: 1 }),
    ],
  }).events,
  ...sampleCase({
    orderId: '2-map',
    shop: northside,
    about: 'A map as a gift, from the other sender: nobody is taught.',
    placedAt: '2026-03-02T10:20:00Z',
    says: { ...contacts.tom, gift: true },
    lines: [line('NS-MAP-LAK')],
  }).events,
  { atMs: START_MS, source: 'oms.hearth', detailType: 'OrderTeleported', detail: {} },
  unreadable,
].toSorted(byTime);

/** `DecideTouch dynamodb:GetItem Touches` */
const inShort = (grant: string): string =>
  grant.replace(
    /^(\w+?)Role\w*\[\d+\] (\S+) on .*-(\w+)[0-9A-F]{8}$/,
    (_, role, action, resource) => `${role} ${action} ${resource}`,
  );

/** Needed when something fails between two steps, or when a message is delivered twice by SQS itself. */
const notInTheStory = [
  // The touch is claimed already: decide-touch failed after its claim and is tried again.
  'DecideTouch dynamodb:GetItem Touches',
  // The touch is settled already: its message was not deleted in time and comes again.
  'DeliverEmail dynamodb:GetItem Touches',
  'DeliverInsert dynamodb:GetItem Touches',
];

describe('a short story', () => {
  test('needs every grant of every role but those for repeated steps', async () => {
    const { denials, outbox, unusedGrants } = await rehearsed({
      assemblyDir,
      events: story,
      days: DAYS,
    });

    expect(denials).toEqual([]);
    expect(outbox.map(({ tags }) => tags['touch'])).toContain('replenishment');
    expect(unusedGrants.map(inShort).toSorted()).toEqual(notInTheStory);
  });
});

type Template = Record<string, Record<string, { Properties: Record<string, unknown> }>>;

/** The assembly with one template changed; all else is linked to. */
const changed = (stack: string, change: (template: Template) => void): string => {
  const dir = temporaryFolder();
  const file = `${stack}.template.json`;
  for (const name of readdirSync(assemblyDir))
    if (name !== file) symlinkSync(join(assemblyDir, name), join(dir, name));
  const template: Template = JSON.parse(readFileSync(join(assemblyDir, file), 'utf8'));
  change(template);
  writeFileSync(join(dir, file), JSON.stringify(template));
  return dir;
};

const listOf = (value: unknown): readonly string[] => [value].flat().map(String);

const statements = cloud.ofType('AWS::IAM::Policy').flatMap((policy) => {
  const [role = ''] = listOf(policy.properties['Roles']);
  const all: readonly unknown[] = Object(policy.properties['PolicyDocument']).Statement;
  return all.map((statement, index) => {
    const { Action, Resource } = Object(statement);
    const [actions, resources] = [listOf(Action), listOf(Resource)];
    const { stack, logicalId } = policy;
    const isOnly = all.length === 1;
    const title = `${role.split('-').at(-1)} may not ${actions.join(', ')} on ${resources.join(', ')}`;
    return [title, { role, actions, resources, stack, logicalId, index, isOnly }] as const;
  });
});

/** Several rehearsals at once take turns. */
const timeout = 120_000;

describe('without one statement of a role', { timeout }, () => {
  test('there are statements to leave out', () => {
    expect(statements.length).toBeGreaterThan(30);
  });

  test.concurrent.each(statements)(
    '%s, and the rehearsal ends with that',
    async (_, { role, actions, resources, stack, logicalId, index, isOnly }) => {
      const without = changed(stack, ({ Resources = {} }) => {
        if (isOnly) delete Resources[logicalId];
        else Object(Resources[logicalId]?.Properties['PolicyDocument']).Statement.splice(index, 1);
      });

      const { denials } = await rehearsed({ assemblyDir: without, events: story, days: DAYS });

      expect(denials.length).toBeGreaterThan(0);
      for (const { principal, action, resource } of denials) {
        expect(principal).toBe(role);
        expect(actions).toContain(action);
        expect(resources.filter((pattern) => fitsGlob(pattern, resource))).toHaveLength(1);
      }
    },
  );
});

describe('without what a resource allows', { timeout }, () => {
  const [key] = cloud.ofType('AWS::KMS::Key');
  const [permission] = cloud.ofType('AWS::Lambda::Permission');
  const ingress = cloud
    .ofType('AWS::SQS::QueuePolicy')
    .find(({ logicalId }) => logicalId.startsWith('IngressQueue'));

  test.concurrent.each([
    ['the queue’s policy', ingress, 'events.amazonaws.com', 'sqs:SendMessage'],
    ['the function’s permission', permission, 'events.amazonaws.com', 'lambda:InvokeFunction'],
  ])('by %s, the rule is denied', async (_, resource, principal, action) => {
    const without = changed(resource?.stack ?? '', ({ Resources = {} }) => {
      delete Resources[resource?.logicalId ?? ''];
    });

    const { denials } = await rehearsed({ assemblyDir: without, events: story, days: DAYS });

    expect(denials[0]).toMatchObject({ principal, action });
  });

  test.concurrent.each([
    ['ThroughTheStores', /Role/],
    ['ServicesThatSend', /^events\.amazonaws\.com$/],
    ['Logs', /^logs\.eu-central-1\.amazonaws\.com$/],
  ])('by the key’s statement %s, its users are denied', async (sid, principal) => {
    const without = changed(key?.stack ?? '', ({ Resources = {} }) => {
      const policy = Object(Resources[key?.logicalId ?? '']?.Properties['KeyPolicy']);
      policy.Statement = policy.Statement.filter((each: unknown) => Object(each).Sid !== sid);
    });

    const { denials } = await rehearsed({ assemblyDir: without, events: story, days: DAYS });

    expect(denials[0]?.principal).toMatch(principal);
    expect(denials[0]?.action).toMatch(/^kms:/);
  });
});
