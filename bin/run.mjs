// Runs a command of the project with the pinned Node, installing it first where it is missing:
// node bin/run.mjs [--build] bin/compile.ts [arguments]; with --build the web application is built as well
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuild, ensureDependencies, pinnedEnvironment, pinnedNode, root } from './install.mjs';

const given = process.argv.slice(2);
const build = given[0] === '--build';
const [script, ...args] = build ? given.slice(1) : given;
ensureDependencies();
if (build) ensureBuild();
const done = spawnSync(pinnedNode, [join(root, script), ...args], { stdio: 'inherit', env: pinnedEnvironment() });
process.exit(done.status ?? 1);
