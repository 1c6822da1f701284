import { toXml } from '../oracle/generator/drawn.ts';
import { generate } from '../oracle/generator/generate.ts';
import { compareOn } from './agree.ts';

const from = Number(process.argv[2] ?? 1),
  count = Number(process.argv[3] ?? 100),
  show = Number(process.argv[4] ?? 2);
let bad = 0;
const t = performance.now();
const used: Record<string, number> = {};
const outcomes: Record<string, number> = {};
let steps = 0;
for (let s = from; s < from + count; s++) {
  const g = generate(s);
  const v = await compareOn(g.file, s, g.startAt ? { startAt: g.startAt } : {}).catch((e) => ({
    disagreement: String(e.stack),
    steps: 0,
    outcome: 'x',
  }));
  for (const u of g.used) used[u] = (used[u] ?? 0) + 1;
  outcomes[v.outcome] = (outcomes[v.outcome] ?? 0) + 1;
  steps += v.steps;
  if (v.disagreement) {
    bad++;
    if (bad <= show) {
      console.log('SEED', s, v.disagreement);
      if (count === 1) console.log(toXml(g.file));
    }
  }
}
console.log(
  bad,
  'of',
  count,
  'disagree',
  ((performance.now() - t) / count).toFixed(1),
  'ms each',
  JSON.stringify(outcomes),
  (steps / count).toFixed(1),
);
if (process.argv[5]) console.log(used);
