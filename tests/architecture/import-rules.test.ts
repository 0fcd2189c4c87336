import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { forbiddenImports } from './import-rules.ts';
import { COMPUTED, importsOf } from './imports.ts';

const files = globSync([
  'afterglow.{config,experiments,policy}.ts',
  '{analytics,bin,lambdas,lib,rehearsal,state-machines,storefront,touches}/**/*.{ts,tsx}',
]).map((file) => file.replaceAll('\\', '/'));

describe('the import rules', () => {
  test('hold for every room of the house', () => {
    const rooms = new Set(files.map((file) => file.replace(/\/.*/, '')));

    expect([...rooms].toSorted()).toEqual([
      'afterglow.config.ts',
      'afterglow.experiments.ts',
      'afterglow.policy.ts',
      'analytics',
      'bin',
      'lambdas',
      'lib',
      'rehearsal',
      'state-machines',
      'storefront',
      'touches',
    ]);
    expect(files.length).toBeGreaterThan(150);
  });

  test.each(files)('hold for %s', (file) => {
    expect(forbiddenImports(file, readFileSync(file, 'utf8'))).toEqual([]);
  });
});

describe('imports are seen', () => {
  const seen = (text: string) => importsOf('lambdas/decide-touch/handler.ts', text);

  test.each([
    ["import { z } from 'zod';", ['zod']],
    ["import type * as z from 'zod';", ['zod']],
    ["import {\n  a,\n  b,\n} from './contract.ts';", ['lambdas/decide-touch/contract.ts']],
    ["import './side-effect.ts';", ['lambdas/decide-touch/side-effect.ts']],
    ['import a from "zod";', ['zod']],
    ["export { a } from '#core/ports/a.ts';", ['lambdas/core/ports/a.ts']],
    ["export * from '../deliver-email/contract.ts';", ['lambdas/deliver-email/contract.ts']],
    ["const a = await import('#lib/a.ts');", ['lib/a.ts']],
    ['const a = await import(\n  `#lib/a.ts`,\n);', ['lib/a.ts']],
    ["type A = typeof import('#config');", ['afterglow.config.ts']],
    ["const a = require('node:fs');", ['node:fs']],
    ['const a = await import(name);', [COMPUTED]],
    ['const a = await import(`./${name}.ts`);', [COMPUTED]],
    ["import a from '#nowhere/a.ts';", ['#nowhere/a.ts']],
    ["import a from 'a';import b from 'b';", ['a', 'b']],
    ["const from = 'here'; // nothing comes in", []],
  ])('in %j', (text, expected) => {
    expect(seen(text)).toEqual(expected);
  });
});

describe('a violation is caught', () => {
  test.each([
    ['lambdas/core/domain/orders/a.ts', "import * as z from 'zod';"],
    ['lambdas/core/domain/orders/a.ts', "import { readFile } from 'node:fs';"],
    ['lambdas/core/domain/orders/a.ts', "import type { A } from '#core/ports/a.ts';"],
    ['lambdas/core/domain/orders/a.ts', "import type { A } from '../../contracts/a.ts';"],
    ['lambdas/core/contracts/a.ts', "import { A } from '@aws-sdk/client-sqs';"],
    ['lambdas/core/ports/a.ts', "import * as z from 'zod';"],
    ['lambdas/core/ports/a.ts', "import { A } from '../adapters/a.ts';"],
    ['lambdas/core/adapters/a.ts', "import config from '#config';"],
    ['lambdas/core/adapters/a.ts', "import axios from 'axios';"],
    ['lambdas/core/adapters/a.ts', "import { A } from '#lambdas/decide-touch/contract.ts';"],
    ['lambdas/core/runtime/read-env.ts', "import config from '#config';"],
    ['lambdas/decide-touch/contract.ts', "import { A } from '@aws-sdk/client-sqs';"],
    ['lambdas/decide-touch/handler.ts', "import { A } from '#lambdas/enrol-stage/contract.ts';"],
    ['lambdas/decide-touch/handler.ts', "import { A } from '#lib/bundling/bundle-lambdas.ts';"],
    ['lambdas/decide-touch/decide-touch.ts', "import { A } from '#core/adapters/a.ts';"],
    ['lambdas/decide-touch/decide-touch.ts', "import { A } from '@aws-sdk/client-sqs';"],
    ['lambdas/decide-touch/decide-touch.ts', "import { A } from '../enrol-stage/enrol-stage.ts';"],
    ['touches/a/touch.ts', "import { A } from '#core/ports/a.ts';"],
    ['touches/a/touch.ts', "import { A } from '../b/touch.ts';"],
    ['lib/stacks/a.ts', "import { handler } from '#lambdas/decide-touch/handler.ts';"],
    ['lib/stacks/a.ts', "import { A } from '#core/adapters/dynamo-order-logs.ts';"],
    ['lib/stacks/a.ts', "import { A } from '#rehearsal/clock.ts';"],
    ['bin/app.ts', "const { A } = await import('#lambdas/decide-touch/decide-touch.ts');"],
    ['bin/commands/a.ts', "import { handler } from '#lambdas/decide-touch/handler.ts';"],
    ['rehearsal/a.ts', "import { decideTouch } from '#lambdas/decide-touch/decide-touch.ts';"],
    ['rehearsal/a.ts', "import type { A } from '#lambdas/decide-touch/contract.ts';"],
    ['rehearsal/a.ts', "import { A } from '#core/adapters/ses-mailer.ts';"],
    ['rehearsal/a.ts', "import { A } from '#lib/afterglow-app.ts';"],
    ['rehearsal/a.ts', 'await import(file);'],
    ['rehearsal/bench/a.ts', "import { A } from '#lib/afterglow-app.ts';"],
    ['afterglow.policy.ts', "import { A } from '#core/domain/contact-policy/policy.ts';"],
    ['lambdas/core/domain/pages/a.ts', "import { A } from '#touches/registry.ts';"],
    ['lambdas/core/adapters/a.ts', "import { parse } from 'libphonenumber';"],
    ['lambdas/deliver-sms/deliver-sms.ts', "import { parse } from 'libphonenumber-js';"],
    ['rehearsal/sandbox/sandbox-timers.ts', "import { A } from '../clock.ts';"],
    ['rehearsal/a.ts', "import { A } from '#core/adapters/dynamo-inbox.ts';"],
    ['nowhere/a.ts', "import { A } from 'zod';"],
  ])('%s may not say %j', (file, text) => {
    expect(forbiddenImports(file, text)).toHaveLength(1);
  });

  test.each([
    ['lambdas/decide-touch/handler.ts', "import { A } from './contract.ts';"],
    ['lambdas/core/runtime/shops.ts', "import config from '#config';"],
    ['lambdas/core/adapters/a.ts', "import { parse } from 'libphonenumber-js/max';"],
    ['rehearsal/report/a.ts', "import { A } from '#core/adapters/dynamo-suppressions.ts';"],
    ['lib/stacks/a.ts', "import { A } from '#lambdas/decide-touch/contract.ts';"],
    ['rehearsal/bench/a.ts', "import { A } from '#lib/bundling/esbuild-options.ts';"],
  ])('and %s may say %j', (file, text) => {
    expect(forbiddenImports(file, text)).toEqual([]);
  });
});
