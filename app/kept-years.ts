import type { z } from 'zod';
import type { KeptLonger } from '../db/archive/retention.ts';
import { isRecordClass, recordClasses } from '../engine/index.ts';

const longest = 200;

/** Reads `prescription=5, general=20`: years a hospital keeps records of a class. Fewer than the law asks are refused. */
export function readKeptYears(text: string, { addIssue }: z.core.$RefinementCtx<string>): KeptLonger {
  const kept: Partial<Record<keyof typeof recordClasses, number>> = {};
  const known = Object.keys(recordClasses).join(', ');
  for (const part of text.split(',')) {
    const [, name = '', years = ''] = /^\s*([a-z-]+)\s*=\s*(\d{1,3})\s*$/.exec(part) ?? [];
    if (!isRecordClass(name)) {
      addIssue(`classes of records with years, as in "prescription=5, general=20" (classes: ${known})`);
      return {};
    }
    const least = recordClasses[name].years;
    if (Number(years) < least || Number(years) > longest) {
      addIssue(`${least} to ${longest} years for ${name}, since the law has it kept ${least}`);
      return {};
    }
    kept[name] = Number(years);
  }
  return kept;
}
