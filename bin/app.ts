import { fileURLToPath } from 'node:url';
import config from '#config';
import { AfterglowApp } from '#lib/afterglow-app.ts';
import { bundleLambdas } from '#lib/bundling/bundle-lambdas.ts';

const bundles = await bundleLambdas(fileURLToPath(new URL('../build/lambdas/', import.meta.url)));
new AfterglowApp({ config, bundles }).synth();
