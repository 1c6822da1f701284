export { canonicalJson } from '../core/canonical-json.ts';
export { BEHAVIOUR_CHANGES, BEHAVIOUR_VERSION, currentDecider, isSameDecider } from './behaviour.ts';
export { isCaseEvent } from './case-event.ts';
export { merkleRoot, sha256Hex } from './hashing.ts';
export { type Replay, type ReplayedEntry, type ReplayFault, replay, stateAt } from './replay.ts';
export {
  type EntryContent,
  entryHash,
  eraseValues,
  GENESIS_HASH,
  headerText,
  type Opening,
  openEntry,
  sealEntry,
} from './seal-entry.ts';
export { commitmentOf, type DataKey, isErased, type RandomBytes } from './sealed-value.ts';
export { type CaseEvidence, type CaseVerdict, firstDifference, type StateVerdict, verifyCase } from './verify-case.ts';
export { type ChainExpectation, type ChainFault, type ChainVerdict, verifyChain } from './verify-chain.ts';
