/** A message the screen offers: its name, what its key is, and a payload to change. */
export type OfferedMessage = { readonly name: string; readonly key: 'order' | 'patient'; readonly example: string };

const example = (payload: unknown) => JSON.stringify(payload);

/** Messages other systems of a hospital would send. */
export const outsideMessages: readonly OfferedMessage[] = [
  {
    name: 'payment.confirmed',
    key: 'order',
    example: example({ payments: [{ channel: 'wechat', amount: 26000, txnNo: 'SELF-1' }] }),
  },
  { name: 'greenChannel.granted', key: 'order', example: example({}) },
  { name: 'order.cancelled', key: 'order', example: example({ reason: 'patient refused' }) },
  { name: 'patient.transferred', key: 'patient', example: example({ department: 'RESP', ward: 'RESP-W1', bed: '25' }) },
  { name: 'patient.discharged', key: 'patient', example: example({}) },
  { name: 'patient.died', key: 'patient', example: example({}) },
  { name: 'patient.merged', key: 'patient', example: example({ into: 'P000001' }) },
  { name: 'patient.allergy-added', key: 'patient', example: example({ code: 'penicillin', name: '青霉素类' }) },
];
