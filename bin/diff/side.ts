import { readFile, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { rehearseSide, type Side } from './rehearse-side.ts';

/** A side of a comparison in a process of its own: reads what it is to do, tells how far it is, writes its record. */
const [, , sideFile = '', recordFile = ''] = argv;
const side: Side = JSON.parse(await readFile(sideFile, 'utf8'));
const record = await rehearseSide(side, (share) => process.send?.(share));
await writeFile(recordFile, JSON.stringify(record));
process.disconnect();
