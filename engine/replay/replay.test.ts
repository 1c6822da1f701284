import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../core/canonical-json.ts';
import { merkleRoot, sha256Hex } from './hashing.ts';
import type { SealedEntry } from './history-entry.ts';
import { replay, stateAt } from './replay.ts';
import { sampleHistory, sampleKey, secrets, seededBytes } from './sample-history.ts';
import { eraseValues, GENESIS_HASH, headerText, openEntry, sealEntry } from './seal-entry.ts';
import { firstDifference, verifyCase } from './verify-case.ts';
import { verifyChain } from './verify-chain.ts';

const { entries, storedState } = sampleHistory();
const head = entries.at(-1)?.hash ?? '';

function parsedEntries(text: string): SealedEntry[] {
  return JSON.parse(text);
}

/** Every place in the entries that holds a text, number or boolean, as the names that lead there. */
function leavesOf(value: unknown, names: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...names]];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...names, name]));
}

/** A copy with one leaf changed. */
function tampered(names: readonly string[]): SealedEntry[] {
  const copy = parsedEntries(JSON.stringify(entries));
  let place: unknown = copy;
  for (const name of names.slice(0, -1))
    place = typeof place === 'object' && place ? Reflect.get(place, name) : undefined;
  const last = names.at(-1) ?? '';
  if (typeof place !== 'object' || place === null) throw new Error(`Expected a place at ${names.join('/')}.`);
  const before: unknown = Reflect.get(place, last);
  const flipped = (text: string) => `${text[0] === 'A' ? 'B' : 'A'}${text.slice(1)}`;
  const after = typeof before === 'string' ? flipped(before) : typeof before === 'number' ? before + 1 : !before;
  Reflect.set(place, last, after);
  return copy;
}

describe('canonical JSON', () => {
  test('is the same text whatever the order of keys, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value);
        const reversed: unknown = JSON.parse(text, (_, inner) =>
          typeof inner === 'object' && inner !== null && !Array.isArray(inner)
            ? Object.fromEntries(Object.entries(inner).reverse())
            : inner,
        );
        expect(canonicalJson(reversed)).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test('is what the library for it writes', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string());
    const any = fc.anything({
      values: [text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(undefined)],
      key: text,
    });
    fc.assert(
      fc.property(fc.dictionary(text, any), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
    );
    expect(canonicalJson({ 10: 1, 9: 2, b: -0, a: [1e21, 1e-7, '\u2028\u0007"'] })).toBe(
      canonicalize({ 10: 1, 9: 2, b: -0, a: [1e21, 1e-7, '\u2028\u0007"'] }),
    );
  });

  test.each([[Number.NaN], ['\ud800'], [() => 1]])('refuses what JSON cannot say', (value) => {
    expect(() => canonicalJson(value)).toThrow(/Expected a JSON value/);
  });
});

test('the Merkle tree is RFC 6962’s', () => {
  expect(merkleRoot([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(merkleRoot([''])).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  const three = merkleRoot(['a', 'b', 'c']);
  expect(three).not.toBe(merkleRoot(['a', 'b', 'c', 'c']));
  expect(three).not.toBe(merkleRoot(['a', 'c', 'b']));
});

describe('sealing', () => {
  test('no value stands in the clear, and paths name what was taken', () => {
    for (const secret of secrets) expect(JSON.stringify(entries)).not.toContain(secret);
    expect(entries[1]?.values.map(({ path }) => path)).toContain('/events/1/variables/note');
  });

  test('with the same random bytes the same entry', () => {
    expect(sampleHistory()).toEqual(sampleHistory());
    expect(sampleHistory('other').entries[0]?.hash).not.toBe(entries[0]?.hash);
  });

  test('opens to what was sealed', () => {
    const opening = entries[3] && openEntry(entries[3], sampleKey);
    expect(opening).toMatchObject({
      ok: true,
      entry: {
        actor: { kind: 'person', id: 'clerk-ma', name: '马丽', onDuty: true },
        override: { reason: '夜班仅一人' },
        erased: [],
      },
    });
  });

  test('whatever the values and their names, they come back and nothing of them stands in the clear', () => {
    const [first] = entries;
    if (!first) throw new Error('Expected an entry.');
    const variables = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 });
    fc.assert(
      fc.property(variables, fc.uuid(), (values, secret) => {
        const event = {
          type: 'VariablesWritten',
          scope: 1,
          variables: { ...values, secret },
          note: { deep: [secret] },
        };
        const { previousHash, header } = first;
        const actor = { kind: 'system', id: 'timer' } as const;
        const sealed = sealEntry({ ...header, actor, events: [event], previousHash }, sampleKey, seededBytes(secret));
        expect(JSON.stringify(sealed)).not.toContain(secret);
        const opening = openEntry(sealed, sampleKey);
        expect(canonicalJson(opening.ok && opening.entry.events)).toBe(canonicalJson([event]));
        expect(verifyChain([sealed])).toMatchObject({ ok: true });
        const { header: clear, valuesRoot, hash } = sealed;
        const whole = canonicalize({ previousHash, header: clear, valuesRoot });
        expect(hash).toBe(sha256Hex(`meridian history entry 2\n${whole}`));
        for (const one of [clear, { ...clear }]) expect(headerText(one)).toBe(canonicalize(clear));
      }),
    );
  });

  test('another key opens nothing', () => {
    const opening = entries[0] && openEntry(entries[0], seededBytes('another').bytes(32));
    expect(opening).toMatchObject({ ok: false, reason: 'value-does-not-open' });
  });

  test('a value moved to another place does not open', () => {
    const [first] = parsedEntries(JSON.stringify(entries));
    const moved = first && {
      ...first,
      values: first.values.map((value) => ({ ...value, path: '/events/0/elsewhere' })),
    };
    expect(moved && openEntry(moved, sampleKey)).toMatchObject({ ok: false });
  });
});

test('with the key, a changed nonce, tag or piece opens nothing', () => {
  const [first] = entries;
  if (!first) throw new Error('Expected an entry.');
  const { header, values } = first;
  const other = entries[1];
  const changed: SealedEntry[] = [
    { ...first, header: { ...header, sealing: { ...header.sealing, nonce: other?.header.sealing.nonce ?? '' } } },
    { ...first, header: { ...header, sealing: { ...header.sealing, tag: other?.header.sealing.tag ?? '' } } },
    { ...first, values: values.toReversed() },
    { ...first, values: other?.values ?? [] },
  ];
  for (const entry of changed) expect(openEntry(entry, sampleKey)).toMatchObject({ reason: 'value-does-not-open' });
});

describe('the chain', () => {
  test('holds, needs no key, and its head is the last hash', () => {
    expect(verifyChain(entries, { head })).toEqual({ ok: true, entries: 4, head });
    expect(entries[0]?.previousHash).toBe(GENESIS_HASH);
  });

  test('any single change is detected at the entry it was made in', () => {
    for (const names of leavesOf(entries)) {
      const verdict = verifyChain(tampered(names), { head });
      expect(verdict.ok, names.join('/')).toBe(false);
      // The first entry says which case it is; changed there, it is the others that look foreign, unless its hash tells first.
      if (!verdict.ok) expect(verdict.seq, names.join('/')).toBe(Number(names[0]) + 1);
    }
  });

  test('a missing, doubled, swapped or cut entry is detected', () => {
    const [a, b, c, d] = entries;
    if (!a || !b || !c || !d) throw new Error('Expected four entries.');
    expect(verifyChain([a, c, d], { head })).toMatchObject({ ok: false, seq: 2, reason: 'sequence-broken' });
    expect(verifyChain([a, a, b, c, d], { head })).toMatchObject({ ok: false, seq: 2, reason: 'sequence-broken' });
    expect(verifyChain([b, a, c, d], { head })).toMatchObject({ ok: false, seq: 1, reason: 'sequence-broken' });
    expect(verifyChain([a, b, c], { head })).toMatchObject({ ok: false, seq: 4, reason: 'head-differs' });
  });

  test('an erased value keeps the chain valid and leaves nothing of itself', () => {
    const erased = entries.map((entry) => eraseValues(entry, ['/events/1/variables/note']));
    expect(verifyChain(erased, { head })).toMatchObject({ ok: true });
    expect(erased[1]?.values.find(({ path }) => path.endsWith('/note'))).toEqual({
      path: '/events/1/variables/note',
      length: expect.any(Number),
      commitment: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const opening = erased[1] && openEntry(erased[1], sampleKey);
    expect(opening).toMatchObject({
      ok: true,
      entry: {
        erased: ['/events/1/variables/note'],
        events: [{}, { variables: { note: null, 'a/b~c': 1 } }, {}],
        actor: { name: '马丽' },
      },
    });
  });

  test('can be verified from a checkpoint', () => {
    const [, b, c, d] = entries;
    if (!b || !c || !d) throw new Error('Expected four entries.');
    expect(verifyChain([c, d], { from: { seq: 3, previousHash: b.hash }, head })).toMatchObject({ ok: true });
  });
});

describe('replay', () => {
  test('folds to exactly the stored state', () => {
    expect(verifyCase({ entries, storedState, head, key: sampleKey })).toEqual({
      ok: true,
      caseId: entries[0]?.header.caseId,
      chain: { ok: true, entries: 4, head },
      state: { status: 'equal' },
    });
  });

  test('a changed stored value is named with the entry that wrote it', () => {
    const changed = storedState.replace('12550', '12551').replace('青霉素过敏', '无');
    expect(verifyCase({ entries, storedState: changed, key: sampleKey }).state).toEqual({
      status: 'differs',
      seq: 3,
      path: '/scopes/1/variables/amount',
    });
    const note = storedState.replace('青霉素过敏', '无');
    expect(verifyCase({ entries, storedState: note, key: sampleKey }).state).toEqual({
      status: 'differs',
      seq: 2,
      path: '/scopes/1/variables/note',
    });
    expect(verifyCase({ entries, storedState: '{', key: sampleKey }).state.status).toBe('differs');
  });

  test('the state at an entry knows nothing of later ones', () => {
    expect(stateAt(entries, sampleKey, 2)?.scopes['1']?.variables).not.toHaveProperty('amount');
    expect(stateAt(entries, sampleKey, 3)?.scopes['1']?.variables).toMatchObject({ amount: 12550 });
    expect(stateAt(entries, sampleKey, 9)).toBeUndefined();
  });

  test('without the key the chain is proved and the state is not', () => {
    const verdict = verifyCase({ entries, storedState, head });
    expect(verdict).toMatchObject({ ok: false, chain: { ok: true }, state: { status: 'not-provable' } });
  });

  test('an event of a later version is named, not skipped', () => {
    const copy = parsedEntries(JSON.stringify(entries).replace('TokenMoved', 'TokenFlew'));
    expect(replay(copy, sampleKey)).toMatchObject({ ok: false, seq: 2, path: '/events/2', reason: 'unknown-event' });
  });
});

test('the first difference is found wherever it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(firstDifference(a, b) === undefined).toBe(canonicalJson(a) === canonicalJson(b));
    }),
  );
});
