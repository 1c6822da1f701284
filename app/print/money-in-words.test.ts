import { describe, expect, it } from 'vitest';
import { moneyInWords } from './money-in-words.ts';

describe('money in words', () => {
  it.each([
    [0, '零元整'],
    [5, '伍分'],
    [50, '伍角整'],
    [100, '壹元整'],
    [1_010, '壹拾元壹角整'],
    [123_405, '壹仟贰佰叁拾肆元零伍分'],
    [100_500, '壹仟零伍元整'],
    [10_000_000, '壹拾万元整'],
    [10_000_100, '壹拾万零壹元整'],
    [1_406_000, '壹万肆仟零陆拾元整'],
    [-250, '负贰元伍角整'],
  ])('says %i fen as %s', (fen, words) => {
    expect(moneyInWords(fen)).toBe(words);
  });
});
