-- The auditor's list of exceptions: entries whose actor set a separation of duties aside.
create index history_overrides on history (tenant_id, case_id, seq) where header like '%"override":true%';
