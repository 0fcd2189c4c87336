import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import config from '#config';
import { factsPage } from './facts-page.ts';
import { metricsInput } from './metrics-input.ts';
import { metricsPage } from './metrics-page.ts';
import { namedQueries, viewsOf } from './views.ts';

const docs = (file: string): string => fileURLToPath(new URL(`../docs/${file}`, import.meta.url));

/** `node analytics/write-pages.ts`, once a fact, a view or a query has changed. */
writeFileSync(docs('facts.md'), factsPage());
writeFileSync(docs('metrics.md'), metricsPage(viewsOf(metricsInput(config)), namedQueries()));
