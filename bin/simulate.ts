import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { simulateConformance } from '../tests/simulation/simulate-conformance.ts';

const usage = `Usage: npm run simulate -- --kind conformance [--count N] [--seed S] [--shrink FILE] [--json FILE]

Plays random processes by the engine and by an independent token game, and compares after every step: nodes entered and left, tokens, waits,
incidents, variables, outcome. The engine plays each process twice, the second time with the elements of the file in another order, and after
every step its history must fold to the stored state byte for byte.
  --count N      how many processes, 20000 unless told
  --seed S       the first seed, 1 unless told; process number i is drawn from seed S + i
  --shrink FILE  writes the first process they disagree about there, made as small as it goes
  --json FILE    writes the figures and every disagreement there
  --help         shows this

Ends with 1 on any disagreement, with 2 when the arguments are wrong.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      kind: { type: 'string' },
      count: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      shrink: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [count, seed] = [Number(values.count), Number(values.seed)];
  if (values.help || values.kind !== 'conformance' || !Number.isInteger(count) || !Number.isInteger(seed)) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const result = await simulateConformance({ count, seed, shrinks: values.shrink !== undefined, tell: console.log });
  if (values.shrink !== undefined && result.shrunk !== undefined) writeFileSync(values.shrink, result.shrunk);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
  const outcomes = Object.entries(result.outcomes).map(([outcome, times]) => `${times} ${outcome}`);
  console.log(
    `simulate conformance: ${result.processes} processes, ${result.steps} steps (${outcomes.join(', ')}), ${result.disagreements.length} disagreements`,
  );
  return result.disagreements.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : String(failure));
  process.exitCode = 2;
}
