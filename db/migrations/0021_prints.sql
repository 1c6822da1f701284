-- Papers that were printed: who printed what when, and which copy it was (the second and later ones are 补打).

create table prints (
  tenant_id uuid not null,
  case_id uuid not null,
  kind text collate "C" not null,
  -- What of the kind: an order, receipt or execution number. Each is counted for itself.
  subject text collate "C" not null,
  copy integer not null check (copy > 0),
  -- The press of the button: sent twice, it counts once.
  key text collate "C" not null,
  -- The task whose data stand on the paper; null: the case's.
  task_id text,
  by_person text not null,
  at timestamptz not null,
  primary key (tenant_id, case_id, kind, subject, copy),
  unique (tenant_id, key, subject)
);

alter table prints enable row level security;
create policy tenant on prints using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
-- Printed is printed: rows are only ever added.
grant select, insert on prints to meridian_app;
