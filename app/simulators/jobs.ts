import type { Connector } from '../../engine/index.ts';
import { openDebtJob, settleDebtJob } from './his/debt-connectors.ts';
import { findOrderJob, updateOrderStatusJob } from './his/order-connectors.ts';
import { holdReturnJob, registerReturnJob, releaseReturnJob } from './his/return-connectors.ts';
import { findSaleJob, priceOrderJob, registerSaleJob } from './his/sale-connectors.ts';
import { freeSlotJob, offerSlotJob, worklistAddJob, worklistCancelJob } from './imaging/connectors.ts';
import { preSettleJob, reverseJob, revokeJob, settleJob, uploadDetailJob } from './insurance-centre/connectors.ts';
import { postChargeJob } from './ledger/connectors.ts';
import { dayAuditJob } from './ledger/day-audit-connector.ts';
import { planDifferenceJob, postDifferenceJob } from './ledger/difference-connectors.ts';
import { planDuplicateRefundJob, planRefundJob, postRefundJob } from './ledger/refund-connectors.ts';
import { notifyJob, printJobConnector } from './paper/connectors.ts';
import { collectJob, confirmJob, queryJob, refundJob } from './payment-channels/connectors.ts';
import { dispenseJob, quarantineJob, restockJob, takeBackJob } from './pharmacy/stock-connectors.ts';
import { traceCheckJob, traceSellJob, traceUnsellJob } from './pharmacy/trace-connectors.ts';
import { checkJob, issueJob, redLetterJob } from './receipts/connectors.ts';
import { openAdverseEventJob, recordAllergyJob, screenOrderJob } from './rules/connectors.ts';
import { type ConnectorContext, simulatedConnector } from './simulated-connector.ts';

/** The engine's connectors, one per job type of the contract in README.md. */
export function allConnectors(context: ConnectorContext): readonly Connector[] {
  return [
    simulatedConnector(priceOrderJob, context),
    simulatedConnector(registerSaleJob, context),
    simulatedConnector(findSaleJob, context),
    simulatedConnector(findOrderJob, context),
    simulatedConnector(updateOrderStatusJob, context),
    simulatedConnector(registerReturnJob, context),
    simulatedConnector(holdReturnJob, context),
    simulatedConnector(releaseReturnJob, context),
    simulatedConnector(openDebtJob, context),
    simulatedConnector(settleDebtJob, context),
    simulatedConnector(uploadDetailJob, context),
    simulatedConnector(preSettleJob, context),
    simulatedConnector(settleJob, context),
    simulatedConnector(revokeJob, context),
    simulatedConnector(reverseJob, context),
    simulatedConnector(collectJob, context),
    simulatedConnector(confirmJob, context),
    simulatedConnector(queryJob, context),
    simulatedConnector(refundJob, context),
    simulatedConnector(postChargeJob, context),
    simulatedConnector(planRefundJob, context),
    simulatedConnector(planDuplicateRefundJob, context),
    simulatedConnector(postRefundJob, context),
    simulatedConnector(planDifferenceJob, context),
    simulatedConnector(postDifferenceJob, context),
    simulatedConnector(dayAuditJob, context),
    simulatedConnector(issueJob, context),
    simulatedConnector(checkJob, context),
    simulatedConnector(redLetterJob, context),
    simulatedConnector(traceCheckJob, context),
    simulatedConnector(traceSellJob, context),
    simulatedConnector(traceUnsellJob, context),
    simulatedConnector(dispenseJob, context),
    simulatedConnector(restockJob, context),
    simulatedConnector(quarantineJob, context),
    simulatedConnector(takeBackJob, context),
    simulatedConnector(screenOrderJob, context),
    simulatedConnector(recordAllergyJob, context),
    simulatedConnector(openAdverseEventJob, context),
    simulatedConnector(worklistAddJob, context),
    simulatedConnector(worklistCancelJob, context),
    simulatedConnector(offerSlotJob, context),
    simulatedConnector(freeSlotJob, context),
    simulatedConnector(printJobConnector, context),
    simulatedConnector(notifyJob, context),
  ];
}
