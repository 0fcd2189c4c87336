import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { bundleComponent } from './bundle.ts';

/** Writes the release of the current version, `npm run storefront`; a release that is out is never written again. */
const folder = new URL('releases/', import.meta.url);
const { code, release } = await bundleComponent();
const file = new URL(release.file, folder);

if (existsSync(file) && (await readFile(file, 'utf8')) !== code) {
  process.stderr.write(
    `storefront/releases/${release.file} is out and differs from what the source builds to: raise the version in storefront/version.ts and run npm run storefront\n`,
  );
  process.exitCode = 1;
} else {
  await mkdir(folder, { recursive: true });
  await writeFile(file, code);
  await writeFile(new URL('releases.json', folder), `${JSON.stringify(release, undefined, 2)}\n`);
  process.stdout.write(
    `storefront/releases/${release.file}: ${release.bytes} bytes, ${release.gzipped} gzipped\n`,
  );
}
