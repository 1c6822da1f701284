import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Transform } from 'node:stream';

const frameBytes = 256 * 1024;
const lengthBytes = 4;
const nonceBytes = 12;
const tagBytes = 16;

/** A backup that cannot be read: another passphrase, or a file that was cut or changed. */
export class UnreadableBackup extends Error {
  override readonly name = 'UnreadableBackup';
}

/**
 * Encrypts a stream in frames (AES-256-GCM), each bound to its place and the last one to being the last, so that a file that was cut,
 * or whose frames were exchanged, does not open. `key` must be used for this one stream only: the frames' nonces are counted.
 */
export function sealing(key: Uint8Array): Transform {
  let pending = Buffer.alloc(0);
  let index = 0;
  const seal = (content: Buffer, last: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index)).setAAD(placeOf(last));
    const sealed = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
    const length = Buffer.alloc(lengthBytes);
    length.writeUInt32BE(sealed.length);
    index += 1;
    return Buffer.concat([length, sealed]);
  };
  return new Transform({
    transform(chunk: Buffer, _, done) {
      pending = Buffer.concat([pending, chunk]);
      // A full frame is kept back until more comes: only then is it known not to be the last.
      while (pending.length > frameBytes) {
        this.push(seal(pending.subarray(0, frameBytes), false));
        pending = pending.subarray(frameBytes);
      }
      done();
    },
    flush(done) {
      this.push(seal(pending, true));
      done();
    },
  });
}

/** Decrypts what `sealing` encrypted. Ends with `UnreadableBackup` when a frame was changed, exchanged or left out. */
export function opening(key: Uint8Array): Transform {
  let pending = Buffer.alloc(0);
  let index = 0;
  const open = (sealed: Buffer, last: boolean): Buffer => {
    const content = sealed.subarray(0, -tagBytes);
    const tag = sealed.subarray(-tagBytes);
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index)).setAAD(placeOf(last)).setAuthTag(tag);
      index += 1;
      return Buffer.concat([decipher.update(content), decipher.final()]);
    } catch (cause) {
      throw new UnreadableBackup('Expected the frames of the backup as they were written, but one differs.', { cause });
    }
  };
  /** The next whole frame, when it has come; `pending` then starts after it. */
  const nextFrame = (): Buffer | undefined => {
    if (pending.length < lengthBytes) return undefined;
    const end = lengthBytes + pending.readUInt32BE();
    if (end > lengthBytes + frameBytes + tagBytes) throw cutOff();
    if (pending.length < end) return undefined;
    const frame = pending.subarray(lengthBytes, end);
    pending = pending.subarray(end);
    return frame;
  };
  let held: Buffer | undefined;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      try {
        pending = Buffer.concat([pending, chunk]);
        for (let frame = nextFrame(); frame; frame = nextFrame()) {
          if (held) this.push(open(held, false));
          held = frame;
        }
        done();
      } catch (error) {
        done(asError(error));
      }
    },
    flush(done) {
      try {
        if (!held || pending.length > 0) throw cutOff();
        this.push(open(held, true));
        done();
      } catch (error) {
        done(asError(error));
      }
    },
  });
}

function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(nonceBytes);
  nonce.writeUIntBE(index, nonceBytes - 6, 6);
  return nonce;
}

const placeOf = (last: boolean) => Buffer.from(last ? 'last' : 'more');

const cutOff = () => new UnreadableBackup('Expected a whole file of the backup, but it is cut off.');

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));
