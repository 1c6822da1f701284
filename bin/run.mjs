// Runs a command of the project with the pinned Node, installing it first where it is missing:
// node bin/run.mjs bin/compile.ts [arguments]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureDependencies, pinnedEnvironment, pinnedNode, root } from './install.mjs';

const [script, ...args] = process.argv.slice(2);
ensureDependencies();
const done = spawnSync(pinnedNode, [join(root, script), ...args], { stdio: 'inherit', env: pinnedEnvironment() });
process.exit(done.status ?? 1);
