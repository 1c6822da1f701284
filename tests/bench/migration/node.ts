import { openDatabase } from '../../../db/connect.ts';
import { createPostgresStores } from '../../../db/stores.ts';
import { createSystemClock } from '../../../engine/index.ts';
import { openEngine } from './open-engine.ts';

/** A node that works off whatever is due, until it is killed. Argument: database URL. */
const [url = ''] = process.argv.slice(2);
const engine = openEngine(createPostgresStores(openDatabase({ url, maxConnections: 10 })), createSystemClock());
for (;;) if ((await engine.runDueWork({ limit: 10 })) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
