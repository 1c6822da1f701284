export { checkSoundness, defaultBound, type SoundnessBound, undecided } from './check-soundness.ts';
