/** Something outside the program keeps it from starting. The message is a sentence that says what, for the one who starts it. */
export class CannotStart extends Error {
  override readonly name: string = 'CannotStart';
}
