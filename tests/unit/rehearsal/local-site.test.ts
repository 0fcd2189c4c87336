import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { assertServable, serve, servePort, withServePort } from '../../../bin/commands/serve.ts';
import { linksOf } from '#rehearsal/report/site-links.ts';
import { openLocalSite, type SiteVisit } from '#rehearsal/local-site.ts';
import { bootedWith } from './booted.ts';
import { apiOf } from './http-stage.ts';
import { functionOf, getAtt, ref, type Resources } from './stage.ts';

/** A page whose form puts an event on the bus, which comes back to the same function. */
const page = `export const handler = async ({ routeKey, body, 'detail-type': type }) => {
  if (type !== undefined) { console.log(type, Date.now()); return; }
  if (routeKey === 'GET /u/{token}') return { statusCode: 200, cookies: ['a=1', 'b=2'], body: 'Leave?' };
  if (routeKey === 'GET /broken') throw new Error('no page');
  const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: key, BUS } = process.env;
  await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: 'Credential=' + key + '/d/r/events/aws4_request',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSEvents.PutEvents',
    },
    body: JSON.stringify({ Entries: [
      { EventBusName: BUS, Source: 'afterglow', DetailType: atob(body), Detail: '{}' },
    ] }),
  });
  return { statusCode: 204 };
};`;

const resources: Resources = {
  ...apiOf(['GET /u/{token}', 'POST /u/{token}', 'GET /broken']),
  ...functionOf('Page', [['events:PutEvents', getAtt('Bus')]], { BUS: ref('Bus') }),
  Bus: { Type: 'AWS::Events::EventBus', Properties: {} },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: ref('Bus'),
      EventPattern: { source: ['afterglow'] },
      Targets: [{ Arn: getAtt('Page') }],
    },
  },
  MayBeTold: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: getAtt('Page'),
      Principal: 'events.amazonaws.com',
      SourceArn: getAtt('Rule'),
    },
  },
};

const opened = async () => {
  const visits: SiteVisit[] = [];
  const site = await openLocalSite(0, (visit) => visits.push(visit));
  onTestFinished(() => site.close());
  return { site, visits };
};

const served = async () => {
  const { rehearsal, printed } = await bootedWith(resources, page, 'Page');
  const { site, visits } = await opened();
  site.open(rehearsal.http);
  return { rehearsal, printed, site, visits };
};

describe('the HTTP API on a port of this machine', () => {
  test('answers a browser', async () => {
    const { site } = await served();

    const response = await fetch(`${site.url}/u/1`);

    expect([response.status, await response.text()]).toEqual([200, 'Leave?']);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  test('answers once everything that a request set off is done, and no time passes', async () => {
    const { site, printed, rehearsal } = await served();
    const beforeMs = rehearsal.clock.now();
    const body = 'Left';

    const answers = await Promise.all(
      [1, 2].map((token) =>
        fetch(`${site.url}/u/${token}`, { method: 'POST', body: Buffer.from(body) }),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    expect([...rehearsal.invocations.values()]).toEqual([4]);
    expect(rehearsal.clock.now()).toBe(beforeMs);
    await expect.poll(printed).toEqual([`Left ${beforeMs}`, `Left ${beforeMs}`, '']);
  });

  test('tells who watches why a page failed, but not the browser', async () => {
    const { site, visits } = await served();

    const response = await fetch(`${site.url}/broken`);

    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
    expect(visits).toEqual([
      { method: 'GET', path: '/broken', status: 500, because: 'App-Page: Error: no page' },
    ]);
  });

  test('asks for patience until the rehearsal has run', async () => {
    const { site } = await opened();

    const response = await fetch(site.url);

    expect([response.status, await response.text()]).toEqual([
      503,
      expect.stringContaining('still running'),
    ]);
  });

  test('refuses a port that is taken, and says what to do', async () => {
    const { site } = await opened();
    const port = Number(new URL(site.url).port);

    await expect(openLocalSite(port, () => undefined)).rejects.toThrow(
      /port \d+ of 127.0.0.1 cannot be listened on .*--serve PORT/,
    );
  });
});

describe('a request while time passes', () => {
  test('is answered within the run', async () => {
    const { rehearsal } = await bootedWith(resources, page, 'Page');
    const bodies: string[] = [];
    const click = async () => {
      bodies.push((await rehearsal.http({ method: 'GET', path: '/u/1' })).body);
    };
    rehearsal.clock.at(rehearsal.clock.now() + 1000, () => void click());

    await rehearsal.run(rehearsal.clock.now() + 2000);

    expect(bodies).toEqual(['Leave?']);
  });
});

describe('--serve', () => {
  test.each([
    [['--serve'], ['--serve=4080']],
    [
      ['--serve', '--json'],
      ['--serve=4080', '--json'],
    ],
    [
      ['--serve', '8080'],
      ['--serve', '8080'],
    ],
    [['--json'], ['--json']],
  ])('takes %j for %j', (args, filled) => {
    expect(withServePort(args)).toEqual(filled);
  });

  test.each(['http', '-1', '65536', '1.5'])('refuses %s for a port', (text) => {
    expect(() => servePort(text)).toThrow(`--serve: got "${text}", expected a port`);
  });

  test('is refused for stacks without an HTTP API', async () => {
    const { rehearsal } = await bootedWith(functionOf('Page'), page, 'Page');

    expect(() => assertServable(rehearsal)).toThrow('the stacks have no HTTP API');
  });

  test('says where to look, with links to try', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => printed.mockRestore());
    const { rehearsal } = await bootedWith(resources, page, 'Page');
    const { site } = await opened();

    await serve({ rehearsal, site, examples: ['/u/1'], ended: Promise.resolve() });

    expect(printed.mock.calls.join('\n')).toContain(`is served on ${site.url} until Ctrl-C`);
    expect(printed.mock.calls.join('\n')).toContain(`  ${site.url}/u/1`);
  });

  test('finds its links in messages: one of each kind, the latest first', async () => {
    const mail = (html: string) => ({
      messageId: '1',
      at: '2026-03-02T08:00:00.000Z',
      from: 'a@hearth.example',
      to: ['b@customers.example'],
      tags: {},
      language: 'en',
      raw: `List-Unsubscribe: <https://links.hearth.example/o/9>\r\nContent-Type: text/html\r\n\r\n${html}`,
    });

    const links = await linksOf(
      [
        mail('<a href="https://links.hearth.example/u/old">'),
        mail(
          '<a href="https://links.hearth.example/u/new?a=1&amp;b=2"><a href="https://www.hearth.example/u/1">',
        ),
      ],
      ['links.hearth.example'],
    );

    expect(links).toEqual(['/u/new?a=1&b=2', '/o/9']);
  });
});
