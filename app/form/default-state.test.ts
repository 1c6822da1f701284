import { getDefaultFormState } from '@rjsf/utils';
import { describe, expect, it } from 'vitest';
import { browserValidator } from './browser-validator.ts';
import { defaultState } from './default-state.ts';
import { forRendering } from './for-rendering.ts';

const forms = import.meta.glob<Record<string, unknown>>('../../forms/*/*.schema.json', {
  eager: true,
  import: 'default',
});

/** Values that are not just places to fill in (empty groups and rows). */
function answersIn(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return typeof value === 'object' ? Object.values(value).flatMap(answersIn) : [value];
}

describe('an untouched form', () => {
  it('is looked at for every shipped form', () => {
    expect(Object.keys(forms).length).toBeGreaterThan(60);
  });

  it.each(Object.entries(forms))('%s holds no answer nobody gave', (_file, schema) => {
    const rendered = forRendering(schema);
    const state: unknown = getDefaultFormState(browserValidator, rendered, {}, rendered, false, defaultState);
    expect(answersIn(state)).toEqual([]);
  });
});
