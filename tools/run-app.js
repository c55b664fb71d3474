/*
 * Runs an app that is written in TypeScript: `node tools/run-app.js apps/main.ts`.
 *
 * esbuild joins the app and the library to one script in memory, which takes a few hundredths of a second; packages are
 * loaded as they are. Nothing is kept between runs, so there is nothing that could be out of date. Types are not
 * checked here: `npm run check` does that. This file is CommonJS because Node starts that faster than a module.
 */
const Module = require('node:module');
const { dirname, resolve } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { buildSync } = require('esbuild');

// Most apps end before optimized machine code pays off: let functions run longer before V8 makes it.
setFlagsFromString('--interrupt-budget=500000');

const entry = resolve(process.argv[2] ?? 'apps/main.ts');
const { outputFiles } = bundle({
  entryPoints: [entry],
  write: false,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  sourcesContent: false,
  // Node reads the source map of every script that is compiled while this is on. Packages bring large ones; only the
  // one of the app is wanted.
  banner: { js: 'process.setSourceMapsEnabled(false);' },
  logLevel: 'error',
});

const script = new Module(entry);
script.filename = entry;
script.paths = Module._nodeModulePaths(dirname(entry));
process.argv.splice(1, 2, entry);
process.setSourceMapsEnabled(true);
process.setUncaughtExceptionCaptureCallback((error) => {
  // A list of faults says all there is to say. Of anything else, the stack names lines of the sources.
  console.error(error?.name === 'SynthesisError' ? error.message : error);
  process.exitCode = 1;
});
try {
  script._compile(outputFiles[0].text, entry);
} finally {
  // For whatever is thrown, now or later: its stack names lines of the sources.
  process.setSourceMapsEnabled(true);
}

function bundle(options) {
  try {
    return buildSync(options);
  } catch (error) {
    // esbuild has printed what is wrong with the sources, and where.
    if (error.errors) process.exit(1);
    throw error;
  }
}
