-- Flows being changed, and the reviews of them. One draft a flow; `revision` is the compare-and-set of every save.

create table process_drafts (
  tenant_id uuid not null,
  process_key text collate "C" not null,
  content text not null,
  hash text not null,
  revision integer not null check (revision > 0),
  status text not null check (status in ('editing', 'submitted')),
  -- Directory ids, as a JSON list: everybody who changed the draft since the last publication.
  editors text not null,
  updated_by text not null,
  updated_at timestamptz not null,
  submitted_by text,
  returned_by text,
  returned_with text,
  primary key (tenant_id, process_key)
);

-- What was handed in, approved and given back, and by whom: kept for ever.
create table process_reviews (
  tenant_id uuid not null,
  process_key text collate "C" not null,
  n bigint generated always as identity,
  hash text not null,
  step text not null check (step in ('submitted', 'approved', 'returned')),
  by_person text not null,
  at timestamptz not null,
  comment text,
  version integer,
  primary key (tenant_id, process_key, n)
);

alter table process_drafts enable row level security;
alter table process_reviews enable row level security;
create policy tenant on process_drafts using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy tenant on process_reviews using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
grant select, insert, update, delete on process_drafts to meridian_app;
grant select, insert on process_reviews to meridian_app;
