import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../../db/connect.ts';
import { createPostgresStores } from '../../../db/stores.ts';
import { createWorkLoop } from '../../../engine/index.ts';
import { openBareEngine } from './bare-engine.ts';

/** A node without screens: works off whatever is due until it is ended. Arguments: database URL, master key as hex. */
const [url = '', key = ''] = process.argv.slice(2);
const database = openDatabase({ url });
const loop = createWorkLoop(openBareEngine(createPostgresStores(database), Buffer.from(key, 'hex')));
process.once('SIGTERM', async () => {
  await loop.stop();
  await database.close();
  process.exit(0);
});
console.log('ready');
for (;;) await sleep(60_000);
