export { checkSoundness, defaultBound, type SoundnessBound } from './check-soundness.ts';
