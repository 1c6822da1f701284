-- Set before the first file of an archive goes: from then on it can only be destroyed, whatever is found out about its cases meanwhile.
alter table archives add column destroying_at timestamptz;
update archives set destroying_at = destroyed_at;

-- As before, and those with an exception no auditor has looked at yet.
create or replace function not_to_archive(tenant uuid, wanted uuid[], name text) returns setof uuid language sql stable as $$
  select case_id from jobs where tenant_id = tenant and case_id = any(wanted)
  union select case_id from incidents where tenant_id = tenant and case_id = any(wanted)
  union select case_id from subscriptions where tenant_id = tenant and case_id = any(wanted)
  union select case_id from open_keys where tenant_id = tenant and case_id = any(wanted)
  union select i.case_id from batch_items i join batches b using (tenant_id, batch_id)
    where i.tenant_id = tenant and i.case_id = any(wanted) and i.outcome is null and b.state not in ('done', 'withdrawn')
  union select case_id from archived_cases where tenant_id = tenant and case_id = any(wanted) and archive <> name
  union select h.case_id from history h
    where h.tenant_id = tenant and h.case_id = any(wanted) and h.header like '%"override":true%'
      and not exists (select 1 from override_reviews o where o.tenant_id = tenant and o.case_id = h.case_id and o.seq = h.seq)
$$;
