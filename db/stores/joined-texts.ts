/** Most room that is kept between batches, in bytes; a larger batch gets its own. */
const KEPT_ROOM = 8 * 1024 * 1024;

/** UTF-8 needs at most this many bytes for a UTF-16 code unit. */
const WIDEST = 3;

let room = Buffer.alloc(0);

/**
 * Texts one after the other as UTF-8, a byte between them. As one JavaScript string they would be copied together, measured and only then
 * written as bytes; a batch of commits has hundreds of kilobytes.
 */
export function joinedTexts(texts: readonly string[], parting: number): Uint8Array {
  const into = roomFor(texts.reduce((most, text) => most + text.length * WIDEST + 1, 0));
  let at = 0;
  for (const text of texts) at = into.writeUInt8(parting, at + into.write(text, at));
  // Not the byte after the last. Copied: the room is used again.
  return Uint8Array.prototype.slice.call(into, 0, Math.max(0, at - 1));
}

function roomFor(bytes: number): Buffer {
  if (bytes <= room.length) return room;
  const made = Buffer.allocUnsafeSlow(bytes);
  if (bytes <= KEPT_ROOM) room = made;
  return made;
}
