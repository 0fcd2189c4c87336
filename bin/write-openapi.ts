import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createDocument } from 'zod-openapi';
import { openApi } from '#core/contracts/openapi.ts';

/** `node bin/write-openapi.ts`, once a route, a status or a contract of the sessions API has changed. */
writeFileSync(
  fileURLToPath(new URL('../docs/openapi.json', import.meta.url)),
  `${JSON.stringify(createDocument(openApi), undefined, 2)}\n`,
);
