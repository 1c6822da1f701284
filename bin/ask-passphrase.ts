import { CannotStart } from '../db/cannot-start.ts';
import { askNewSecret } from './ask-secret.ts';

const shortest = 12;

/** Asks for the passphrase of what is going to be sealed. Thrown (`CannotStart`) when it is too short. */
export async function askNewPassphrase(name: string): Promise<string> {
  const passphrase = await askNewSecret(name);
  if (passphrase.length >= shortest) return passphrase;
  throw new CannotStart(`Expected a passphrase of ${shortest} characters or more, but it has ${passphrase.length}.`);
}
