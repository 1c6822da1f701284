import type { ExternalMovement } from '../../hospital/ledger/check-ledger.ts';
import { movementKeys, settlementMoney } from '../../hospital/ledger/statements.ts';
import type { CentreSettlement, InsuredPerson } from './person-book.ts';

function movementsOf(one: CentreSettlement): readonly ExternalMovement[] {
  const settled = settlementMoney(one).map((money) => ({
    ...money,
    saleNo: one.saleNo,
    key: movementKeys.settle(one.msgId),
  }));
  if (one.state === 'settled') return settled;
  const key =
    one.state === 'revoked' ? movementKeys.revoke(one.setlId, one.revokeKey ?? '') : movementKeys.reverse(one.msgId);
  return [...settled, ...settled.map((movement) => ({ ...movement, amount: -movement.amount, key }))];
}

/** The centre's books as movements, to compare with the hospital's ledger. */
export function centreMovements(people: readonly InsuredPerson[]): readonly ExternalMovement[] {
  return people.flatMap((person) => person.settlements.flatMap(movementsOf));
}
