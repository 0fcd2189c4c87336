import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { readEnv } from '#core/runtime/read-env.ts';
import { componentRequest, serveComponentContract } from './contract.ts';
import { serveComponent } from './serve-component.ts';

readEnv(serveComponentContract);
/** The build puts `storefront/releases` beside this code. */
const folder = new URL('releases/', import.meta.url);
const files = new Map(
  readdirSync(folder).map((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    return [name, { text, gzipped: gzipSync(text, { level: 9 }) }];
  }),
);
const serve = serveComponent({ files });

/** Called by the HTTP API for `GET /component/{file}`. */
export const handler = async (event: unknown) => serve(componentRequest.parse(event));
